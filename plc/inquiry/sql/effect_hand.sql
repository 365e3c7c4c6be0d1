-- Who ever loaded results of each class beside a test in its occasions, or starting points of their takers: nothing in
-- them is news to her. Of students who took one no more, by the class their rows say.
-- parameters: none
-- columns: assessment_id, section_id, uploaded_by
-- scope: system
with asked as (
    select distinct of_assessment as assessment_key from effect_taken
),

written as (
    select
        held.student_key,
        held.section_key,
        asked.assessment_key,
        held.upload_key,
        held.superseded_by
    from result_version as held
    left join pooled_assessment on held.assessment_key = pooled_assessment.assessment_key
    inner join asked on coalesce(pooled_assessment.pooled_key, held.assessment_key) = asked.assessment_key
),

loaded as (
    select student_key, section_key, assessment_key, upload_key from written
    union
    select student_key, section_key, assessment_key, superseded_by as upload_key
    from written
    where superseded_by is not null
),

of_class as (
    select effect_taken.assessment_key, effect_taken.place_key, loaded.upload_key
    from effect_taken
    inner join loaded
        on effect_taken.student_key = loaded.student_key and effect_taken.of_assessment = loaded.assessment_key
    union
    select assessment_key, section_key as place_key, upload_key
    from loaded
    where section_key is null or section_key not in (select effect_section.section_key from effect_section)
)

select distinct assessment.assessment_id, coalesce(section.section_id, '') as section_id, upload.uploaded_by
from of_class
inner join upload on of_class.upload_key = upload.upload_key
inner join assessment on of_class.assessment_key = assessment.assessment_key
left join section on of_class.place_key = section.section_key
