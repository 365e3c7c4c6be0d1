-- The viewer's own plans to teach a standard again that have not ended, the next re-check first.
-- parameters: $teacher_id, $reteach_id
-- columns: reteach_id, inquiry_id, section_id, subject, school_year, assessment_name, standard_id, least_percent, recheck_on, recheck_name, students
-- scope: self
select
    reteach.reteach_id,
    max(reteach.inquiry_id) as inquiry_id,
    max(reteach.section_id) as section_id,
    max(reteach.subject) as subject,
    max(reteach.school_year) as school_year,
    max(reteach.assessment_name) as assessment_name,
    max(reteach.standard_id) as standard_id,
    max(reteach.least_percent) as least_percent,
    max(reteach.recheck_on) as recheck_on,
    max(reteach.recheck_name) as recheck_name,
    count(reteach_student.student_key) as students
from reteach
left join reteach_student on reteach.reteach_id = reteach_student.reteach_id
where
    reteach.teacher_id = $teacher_id
    and reteach.ended_at is null
    and ($reteach_id is null or reteach.reteach_id = $reteach_id)
group by reteach.reteach_id
order by recheck_on, section_id, standard_id, reteach.reteach_id
