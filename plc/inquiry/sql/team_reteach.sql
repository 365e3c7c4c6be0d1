-- What the reteach groups in `reteach_recheck` moved, by standard and teacher: students matched and moved, and groups
-- whose re-check is still waited for. For counts over the team; no class and no student comes out.
-- parameters: $still_waiting
-- columns: standard_id, teacher_id, students, moved, waiting
-- scope: system
select
    again.standard_id,
    again.teacher_id,
    count(again.recheck_name) as students,
    count(*) filter (where again.recheck_name is not null and again.recheck_percent >= again.least_percent) as moved,
    count(distinct again.reteach_id) filter (
        where reteach.recheck_on > $still_waiting and again.reteach_id not in (
            select checked.reteach_id from reteach_recheck as checked where checked.recheck_name is not null
        )
    ) as waiting
from reteach_recheck as again
inner join reteach on again.reteach_id = reteach.reteach_id
group by again.standard_id, again.teacher_id
order by again.standard_id nulls last, again.teacher_id nulls last
