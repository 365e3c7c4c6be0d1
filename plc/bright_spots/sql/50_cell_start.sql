-- For each cell the means of its students' results and of what expectation is made of, so that a teacher
-- can follow her cells from results to residuals: powers of the calibrated starting point x and the
-- share at the top of the starting test.
-- parameters: none
-- columns: section_key, scale_key, mean_result, x1, x2, x3, at_top
-- scope: system
select
    calibrated_start.section_key,
    counted_outcome.scale_key,
    avg(counted_outcome.y - coalesce(scale_effect.effect, 0)) as mean_result,
    avg(calibrated_start.x) as x1,
    avg(calibrated_start.x * calibrated_start.x) as x2,
    avg(calibrated_start.x * calibrated_start.x * calibrated_start.x) as x3,
    avg(calibrated_start.at_ceiling) as at_top
from counted_outcome
inner join calibrated_start
    on
        counted_outcome.student_key = calibrated_start.student_key
        and counted_outcome.place_key = calibrated_start.section_key
left join scale_effect on counted_outcome.scale_key = scale_effect.scale_key
group by calibrated_start.section_key, counted_outcome.scale_key
order by calibrated_start.section_key, counted_outcome.scale_key
