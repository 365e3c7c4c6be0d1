-- Mean and spread of every score scale: assessment x grade x standard. The grade is the assessment's
-- own; an assessment given in several grades is split by the grade of the section.
-- parameters: none
-- columns: assessment_key, grade, standard_key, results, mean_score, sd_score
-- scope: system
select
    scored_result.assessment_key,
    coalesce(scanned_assessment.grade, scanned_section.grade, -99) as grade,
    scored_result.standard_key,
    count(*) as results,
    avg(scored_result.score) as mean_score,
    stddev_samp(scored_result.score) as sd_score
from scored_result
inner join scanned_assessment on scored_result.assessment_key = scanned_assessment.assessment_key
left join scanned_section on scored_result.section_key = scanned_section.section_key
group by
    scored_result.assessment_key,
    coalesce(scanned_assessment.grade, scanned_section.grade, -99),
    scored_result.standard_key
