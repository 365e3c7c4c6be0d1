-- The classes of a test with the keys of the roster; a class the roster does not know has no key.
-- parameters: $test_id
-- columns: section_key, section_id, teacher_id, school_id, arm, block, starts_on
-- scope: system
select
    section.section_key,
    test_section.section_id,
    test_section.teacher_id,
    test_section.school_id,
    test_section.arm,
    test_section.block,
    test_section.starts_on
from test_section
inner join practice_test on test_section.test_id = practice_test.test_id
left join school on test_section.school_id = school.school_id
left join section
    on
        test_section.section_id = section.section_id
        and practice_test.subject = section.subject
        and practice_test.school_year = section.school_year
        and school.school_key = section.school_key
where test_section.test_id = $test_id
order by test_section.arm, test_section.section_id
