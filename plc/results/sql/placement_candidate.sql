-- The sections of the roster that the rows of a results file can mean: by section id, else by the student's
-- enrolment in the subject and year.
-- parameters: none
-- columns: student, row_section_id, row_school_id, row_teacher_id, row_grade, subject, school_year, section_key
-- scope: system
with combination as (
    select distinct student, section_id, school_id, teacher_id, grade, subject, school_year
    from parsed_results_file
    where not bad and not blank
),
by_section_id as (
    select c.*, s.section_key
    from combination c
    join section s on s.section_id = c.section_id and s.subject = c.subject and s.school_year = c.school_year
    join school y on y.school_key = s.school_key
    where (c.school_id is null or y.school_id = c.school_id) and (c.grade is null or s.grade = c.grade)
),
by_enrollment as (
    select c.*, s.section_key
    from combination c
    join student_word w on w.number = c.student
    join enrollment e on e.student_key = w.student_key
    join section s on s.section_key = e.section_key and s.subject = c.subject and s.school_year = c.school_year
    join school y on y.school_key = s.school_key
    where
        c.section_id is null
        and (c.school_id is null or y.school_id = c.school_id)
        and (c.grade is null or s.grade = c.grade)
        and (
            c.teacher_id is null
            or exists (
                select 1
                from taught_class taught
                where taught.section_key = s.section_key and taught.teacher_id = c.teacher_id
            )
        )
)
select
    student,
    section_id as row_section_id,
    school_id as row_school_id,
    teacher_id as row_teacher_id,
    grade as row_grade,
    subject,
    school_year,
    section_key
from (
    select * from by_section_id
    union
    select * from by_enrollment
) as candidate
