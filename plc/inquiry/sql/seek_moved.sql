-- The assessments of the course in which a class stands otherwise than in the yardstick in use, or that have none.
-- parameters: none
-- columns: assessment_id
-- scope: system
with standing_class as (
    select
        seek_standing.assessment_id,
        seek_yardstick_class.standard_id,
        seek_yardstick_class.section_id,
        seek_yardstick_class.state
    from seek_standing
    inner join seek_yardstick_class on seek_standing.yardstick_id = seek_yardstick_class.yardstick_id
)

select distinct coalesce(seek_class.assessment_id, standing_class.assessment_id) as assessment_id
from seek_class
full outer join standing_class
    on
        seek_class.assessment_id = standing_class.assessment_id
        and seek_class.standard_id = standing_class.standard_id
        and seek_class.section_id = standing_class.section_id
where seek_class.state is distinct from standing_class.state
