-- What each student's starting point predicts, and the sum of her outcomes beyond it.
-- parameters: none
-- columns: student_key, section_key, period_key, outcomes, expected, sum_residual
-- scope: system
with prediction as (
    select
        calibrated_start.student_key,
        calibrated_start.section_key,
        calibrated_start.period_key,
        calibrated_start.outcomes,
        calibrated_start.sum_y,
        slope.b1 * calibrated_start.x
        + slope.b2 * calibrated_start.x * calibrated_start.x
        + slope.b3 * calibrated_start.x * calibrated_start.x * calibrated_start.x
        + slope.b4 * calibrated_start.at_ceiling as expected
    from calibrated_start
    inner join slope on calibrated_start.section_key = slope.section_key
)

select student_key, section_key, period_key, outcomes, expected, sum_y - outcomes * expected as sum_residual
from prediction
