-- The classes of a test with the keys of the roster and all who teach them; a class the roster does not know has no key.
-- parameters: $test_id
-- columns: section_key, section_id, teacher_id, school_id, arm, block, starts_on, teachers
-- scope: system
-- duckdb only: list
select
    section.section_key,
    test_section.section_id,
    test_section.teacher_id,
    test_section.school_id,
    test_section.arm,
    test_section.block,
    test_section.starts_on,
    taught.teachers
from test_section
inner join practice_test on test_section.test_id = practice_test.test_id
left join school on test_section.school_id = school.school_id
left join section
    on
        test_section.section_id = section.section_id
        and practice_test.subject = section.subject
        and practice_test.school_year = section.school_year
        and school.school_key = section.school_key
left join (
    select taught_class.section_key, list(distinct taught_class.teacher_id) as teachers
    from taught_class
    where taught_class.share > 0
    group by taught_class.section_key
) as taught on section.section_key = taught.section_key
where test_section.test_id = $test_id
order by test_section.arm, test_section.section_id
