-- The viewer's own plan, not ended, that teaches the same students the same standard again by the same day.
-- parameters: $teacher_id, $section_id, $subject, $school_year, $assessment_name, $standard_id, $recheck_on, $student_keys
-- columns: reteach_id
-- scope: self
-- duckdb only: list aggregate in a comparison with a list parameter
select reteach.reteach_id
from reteach
inner join reteach_student on reteach.reteach_id = reteach_student.reteach_id
where
    reteach.teacher_id = $teacher_id
    and reteach.ended_at is null
    and reteach.section_id = $section_id
    and reteach.subject = $subject
    and reteach.school_year = $school_year
    and reteach.assessment_name = $assessment_name
    and reteach.standard_id = $standard_id
    and reteach.recheck_on = $recheck_on
group by reteach.reteach_id
having list(reteach_student.student_key order by reteach_student.student_key) = $student_keys
