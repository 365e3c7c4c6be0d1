-- Every outcome that counts, as y in its test's own spread: of tests that enough classes took. `tied_at_top` is how
-- many share the highest value of its scale with it, 0 below that.
-- parameters: none
-- columns: student_key, place_key, scale_key, y, tied_at_top
-- scope: system
select
    student_result.student_key,
    student_result.place_key,
    student_result.scale_key,
    (student_result.z - scale_spread.mean_z) / scale_spread.sd_z as y,
    case when student_result.z >= scale_spread.top_z then scale_spread.at_top else 0 end as tied_at_top
from student_result
inner join scale on student_result.scale_key = scale.scale_key
inner join scale_spread on student_result.scale_key = scale_spread.scale_key
left join few_takers on student_result.scale_key = few_takers.scale_key
where scale.is_outcome and few_takers.scale_key is null and scale_spread.sd_z is not null
