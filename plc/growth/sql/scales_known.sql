-- Every scale a cut can be stated on, with the cut in force.
-- parameters: none
-- columns: subject, grade, assessment_name, cut_score, source
-- scope: system
with graded as (
    select distinct
        assessment.subject, coalesce(assessment.grade, section.grade) as grade, assessment.name as assessment_name
    from assessment
    join (select distinct assessment_key, section_key from result) as taken
        on taken.assessment_key = assessment.assessment_key
    left join section on section.section_key = taken.section_key
    where assessment.kind <> 'baseline'
)
select
    graded.subject,
    graded.grade,
    graded.assessment_name,
    level_cut.cut_score,
    coalesce(level_cut.source, '') as source
from graded
left join level_cut
    on level_cut.subject = graded.subject
    and level_cut.grade = graded.grade
    and level_cut.assessment_name = graded.assessment_name
    and level_cut.withdrawn_at is null
where graded.grade is not null
order by graded.subject nulls last, graded.grade nulls last, graded.assessment_name nulls last
