-- The students of the viewer's own reteach group in `reteach_recheck`.
-- parameters: $teacher_id
-- columns: student_key, pseudonym, first_percent, recheck_percent, recheck_name, rechecked_on
-- scope: self
select
    pair.student_key,
    student.pseudonym,
    pair.first_percent,
    pair.recheck_percent,
    pair.recheck_name,
    pair.rechecked_on
from reteach_recheck as pair
inner join student on pair.student_key = student.student_key
where pair.teacher_id = $teacher_id
order by pair.student_key
