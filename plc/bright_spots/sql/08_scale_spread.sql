-- Spread of each scale after averaging over standards, its highest value, and how many reached it.
-- parameters: none
-- columns: scale_key, mean_z, sd_z, top_z, students, at_top
-- scope: system
with spread as (
    select scale_key, avg(z) as mean_z, stddev_samp(z) as sd_z, max(z) as top_z, count(*) as students
    from student_result
    group by scale_key
)

select
    spread.scale_key,
    spread.mean_z,
    nullif(spread.sd_z, 0) as sd_z,
    spread.top_z - 1e-9 as top_z,
    spread.students,
    sum(case when student_result.z >= spread.top_z - 1e-9 then 1 else 0 end) as at_top
from spread
inner join student_result on spread.scale_key = student_result.scale_key
group by spread.scale_key, spread.mean_z, spread.sd_z, spread.top_z, spread.students
