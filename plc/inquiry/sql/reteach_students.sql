-- What each student of one of the viewer's own classes showed in one standard of one assessment.
-- parameters: $teacher_id, $section_id, $subject, $school_year, $assessment_name, $standard_id
-- columns: student_key, pseudonym, percent
-- scope: self
select
    result.student_key,
    max(student.pseudonym) as pseudonym,
    min_by(100 * result.score / nullif(assessment.max_score, 0), result.attempt) as percent
from result
inner join section on result.section_key = section.section_key
inner join section_teacher on section.section_key = section_teacher.section_key
inner join teacher on section_teacher.teacher_key = teacher.teacher_key
inner join assessment on result.assessment_key = assessment.assessment_key
inner join standard on result.standard_key = standard.standard_key
inner join student on result.student_key = student.student_key
where
    teacher.teacher_id = $teacher_id
    and section.section_id = $section_id
    and section.subject = $subject
    and section.school_year = $school_year
    and assessment.name = $assessment_name
    and standard.standard_id = $standard_id
    and result.score is not null
group by result.student_key
order by result.student_key
