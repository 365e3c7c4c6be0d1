-- For each cell the means of its students' results and of what expectation is made of, so that a teacher
-- can follow her cells from results to residuals: powers of the calibrated starting point x and the
-- share at the top of the starting test.
-- parameters: none
-- columns: section_key, scale_key, mean_result, x1, x2, x3, at_top
-- scope: system
select
    calibrated_start.section_key,
    student_result.scale_key,
    avg((student_result.z - scale_spread.mean_z) / scale_spread.sd_z - coalesce(scale_effect.effect, 0)) as mean_result,
    avg(calibrated_start.x) as x1,
    avg(calibrated_start.x * calibrated_start.x) as x2,
    avg(calibrated_start.x * calibrated_start.x * calibrated_start.x) as x3,
    avg(calibrated_start.at_ceiling) as at_top
from student_result
inner join calibrated_start
    on
        student_result.student_key = calibrated_start.student_key
        and student_result.place_key = calibrated_start.section_key
inner join scale on student_result.scale_key = scale.scale_key
inner join scale_spread on student_result.scale_key = scale_spread.scale_key
left join scale_effect on student_result.scale_key = scale_effect.scale_key
left join few_takers on student_result.scale_key = few_takers.scale_key
where scale.is_outcome and few_takers.scale_key is null and scale_spread.sd_z is not null
group by calibrated_start.section_key, student_result.scale_key
order by calibrated_start.section_key, student_result.scale_key
