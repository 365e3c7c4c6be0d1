-- The reteach groups a student was in.
-- parameters: $student_key
-- columns: made_at, subject, assessment_name, standard_id, section_id, recheck_on
-- scope: system
select reteach.made_at, reteach.subject, reteach.assessment_name, reteach.standard_id, reteach.section_id, reteach.recheck_on
from reteach_student
inner join reteach on reteach_student.reteach_id = reteach.reteach_id
where reteach_student.student_key = $student_key
order by reteach.made_at nulls last
