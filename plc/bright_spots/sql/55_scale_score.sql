-- Every counted score with its score scale: assessment x grade x standard. The grade is the assessment's
-- own; an assessment given in several grades is split by the grade of the section. A number no test has is
-- brought to where its square can still be summed.
-- parameters: none
-- columns: student_key, subject_key, assessment_key, grade, standard_key, score
-- scope: system
select
    scored_result.student_key,
    scanned_assessment.subject_key,
    scored_result.assessment_key,
    coalesce(scanned_assessment.grade, scanned_section.grade, -99) as grade,
    scored_result.standard_key,
    least(greatest(scored_result.score, -1e100), 1e100) as score
from scored_result
inner join scanned_assessment on scored_result.assessment_key = scanned_assessment.assessment_key
left join scanned_section on scored_result.section_key = scanned_section.section_key
