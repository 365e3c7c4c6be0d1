-- Who teaches the students of a test the other subjects it watches, with more than a few of them.
-- parameters: $test_id, $least_behind
-- columns: teacher_id
-- scope: system
with pupil as (
    select distinct result.student_key, practice_test.school_year
    from test_section
    inner join practice_test on test_section.test_id = practice_test.test_id
    inner join section
        on
            test_section.section_id = section.section_id
            and practice_test.subject = section.subject
            and practice_test.school_year = section.school_year
    inner join result on section.section_key = result.section_key
    where test_section.test_id = $test_id
),

watched as (
    select balancing_target from balancing_measure where test_id = $test_id and balancing_kind = 'subject'
)

select taught.teacher_id
from pupil
inner join result on pupil.student_key = result.student_key
inner join taught_class as taught
    on result.section_key = taught.section_key and pupil.school_year = taught.school_year
inner join watched on taught.subject = watched.balancing_target
where taught.share > 0
group by taught.teacher_id
having count(distinct pupil.student_key) >= $least_behind
order by taught.teacher_id
