-- The students of the paths in `few`, with who taught them as last known, and who did at any other time.
-- parameters: none
-- columns: number, student_key, teacher_key, taught
-- scope: system
select
    few.number,
    value_path.student_key,
    coalesce(teaching.teacher_key, 0) as teacher_key,
    coalesce(teaching.since < value_path.died and teaching.until >= value_path.died, true) as taught
from few
inner join value_path on value_path.whole = few.whole and value_path.path = few.path
left join teaching on teaching.whole = value_path.whole and teaching.unit = value_path.unit
order by few.number nulls last, value_path.student_key nulls last, teacher_key nulls last
