-- What the reteach groups in `reteach_recheck` moved, by standard over the team: students matched and moved, of the
-- viewer's own classes and of the others, and the other teachers behind them. No class and no student comes out.
-- parameters: $teacher_id
-- columns: standard_id, students, moved, own_students, own_moved, other_teachers
-- scope: self
with again as (
    select
        standard_id,
        teacher_id,
        recheck_percent >= least_percent as has_moved,
        teacher_id is not distinct from $teacher_id as is_own
    from reteach_recheck
    where recheck_name is not null
)

select
    standard_id,
    count(*) as students,
    count(*) filter (where has_moved) as moved,
    count(*) filter (where is_own) as own_students,
    count(*) filter (where is_own and has_moved) as own_moved,
    count(distinct teacher_id) filter (where not is_own) as other_teachers
from again
group by standard_id
order by standard_id nulls last
