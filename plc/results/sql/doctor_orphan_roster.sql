-- Enrolments and section teachers whose student, section or teacher is not current.
-- parameters: none
-- columns: found
-- scope: system
select
    (
        select count(*)
        from enrollment
        left join student on student.student_key = enrollment.student_key
        left join section on section.section_key = enrollment.section_key
        where student.student_key is null or section.section_key is null
    )
    + (select count(*) from section_teacher)
    - (select count(*) from taught_class) as found
