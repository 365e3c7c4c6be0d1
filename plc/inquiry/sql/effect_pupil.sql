-- The calibrated starting point x of each student of the year, her start as it was seen, and whether she began in
-- the lowest third of all who began her grade (equal starts stay together, as in the scan).
-- parameters: $least_lambda
-- columns: student_key, section_key, x, start_y, low
-- scope: system
with placed as (
    select
        start.student_key,
        start.section_key,
        start.start_scale,
        start.start_y,
        rank() over (partition by scanned_section.grade order by start.start_y) - 1 as before,
        count(*) over (partition by scanned_section.grade order by start.start_y) as up_to,
        count(*) over (partition by scanned_section.grade) as students
    from start
    inner join scanned_section on start.section_key = scanned_section.section_key
    where start.start_y is not null
)

select
    placed.student_key,
    placed.section_key,
    effect_calibration.centre
    + greatest($least_lambda, 1.0 - scale.error_variance / effect_calibration.within_variance)
    * (
        (placed.start_y - effect_calibration.peer_mean) / effect_calibration.peer_sd - effect_calibration.centre
    ) as x,
    (placed.start_y - effect_calibration.peer_mean) / effect_calibration.peer_sd as start_y,
    3 * (placed.before + placed.up_to) < 2 * placed.students as low
from placed
inner join effect_calibration on placed.section_key = effect_calibration.section_key
inner join scale on placed.start_scale = scale.scale_key
