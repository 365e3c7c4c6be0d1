-- Of how many students each person loaded what counts today of a class in an assessment and standard ('': as a whole).
-- parameters: $assessment_ids
-- columns: assessment_id, standard_id, section_id, uploaded_by, students
-- scope: system
-- duckdb only: unnest of a list parameter in a subquery
with loaded as (
    select
        counted.section_key,
        counted.assessment_key,
        counted.standard_key,
        min_by(held.upload_key, held.attempt) as upload_key
    from seek_counted as counted
    inner join result_version as held
        on counted.student_key = held.student_key and counted.standard_key = held.standard_key
    left join pooled_assessment on held.assessment_key = pooled_assessment.assessment_key
    where
        coalesce(pooled_assessment.pooled_key, held.assessment_key) = counted.assessment_key
        and held.superseded_by is null
        and held.score is not null
    group by counted.student_key, counted.section_key, counted.assessment_key, counted.standard_key
)

select
    assessment.assessment_id,
    coalesce(standard.standard_id, '') as standard_id,
    section.section_id,
    upload.uploaded_by,
    cast(count(*) as integer) as students
from loaded
inner join assessment on loaded.assessment_key = assessment.assessment_key
inner join section on loaded.section_key = section.section_key
inner join upload on loaded.upload_key = upload.upload_key
left join standard on loaded.standard_key = standard.standard_key
where assessment.assessment_id in (select unnest($assessment_ids))
group by assessment.assessment_id, standard.standard_id, section.section_id, upload.uploaded_by
