-- What each student of one of the viewer's own classes showed in one standard of one assessment.
-- parameters: $teacher_id, $section_id, $subject, $school_year, $assessment_name, $standard_id
-- columns: student_key, pseudonym, percent
-- scope: self
select
    result.student_key,
    max(student.pseudonym) as pseudonym,
    min_by(100 * result.score / nullif(assessment.max_score, 0), result.attempt) as percent
from result
inner join taught_class as own on result.section_key = own.section_key
inner join assessment on result.assessment_key = assessment.assessment_key
inner join standard on result.standard_key = standard.standard_key
inner join student on result.student_key = student.student_key
where
    own.teacher_id = $teacher_id
    and own.section_id = $section_id
    and own.subject = $subject
    and own.school_year = $school_year
    and assessment.name = $assessment_name
    and standard.standard_id = $standard_id
    and result.score is not null
group by result.student_key
order by result.student_key
