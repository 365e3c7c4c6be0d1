-- Where each student started by the yardstick of an assessment: `x` in SD of those with the same starting test, and
-- her third of the district's course.
-- parameters: none
-- columns: assessment_key, student_key, x, third, error_variance
-- scope: system
with scaled as (
    select
        seek_standing.assessment_key,
        seek_standing.low_cut,
        seek_standing.middle_cut,
        assessment.assessment_key as start_key,
        seek_yardstick_start.mean_share,
        seek_yardstick_start.sd_share
    from seek_standing
    inner join seek_yardstick_start on seek_standing.yardstick_id = seek_yardstick_start.yardstick_id
    inner join assessment on seek_yardstick_start.start_id = assessment.assessment_id
),

placed as (
    select
        scaled.assessment_key,
        scaled.low_cut,
        scaled.middle_cut,
        seek_start.student_key,
        seek_start.error_variance,
        (seek_start.share - scaled.mean_share) / nullif(scaled.sd_share, 0) as x
    from seek_start
    inner join scaled on seek_start.start_key = scaled.start_key
)

select
    assessment_key,
    student_key,
    x,
    case when x <= low_cut then 1 when x <= middle_cut then 2 else 3 end as third,
    error_variance
from placed
where x is not null
