-- The calibrated starting point of each student (errors in variables): the section's centre plus the
-- share `lambda` of the student's distance from it that is not measurement error.
-- parameters: $tied, $least_lambda
-- columns: student_key, section_key, period_key, outcomes, sum_y, x, at_ceiling
-- scope: system
select
    start.student_key,
    start.section_key,
    start.period_key,
    start.outcomes,
    start.sum_y,
    section_calibration.centre
    + greatest($least_lambda, 1.0 - scale.error_variance / section_calibration.within_variance)
    * (
        (start.start_y - section_calibration.peer_mean) / section_calibration.peer_sd
        - section_calibration.centre
    ) as x,
    case
        when
            scale_spread.at_top >= $tied
            and start.start_y >= (scale_spread.top_z - scale_spread.mean_z) / scale_spread.sd_z
            then 1.0
        else 0.0
    end as at_ceiling
from start
inner join section_calibration on start.section_key = section_calibration.section_key
inner join scale on start.start_scale = scale.scale_key
inner join scale_spread on start.start_scale = scale_spread.scale_key
where start.start_y is not null
