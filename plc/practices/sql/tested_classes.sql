-- The classes that tried a practice, in every test, for matching.
-- parameters: $practice_id
-- columns: section_id, subject, grade, school_year, teacher_id
-- scope: card
select distinct member.section_id, test.subject, member.grade, test.school_year, member.teacher_id
from test_section as member
inner join practice_test as test on member.test_id = test.test_id
inner join visible_practice as visible on test.practice_id = visible.practice_id
where test.practice_id = $practice_id and test.state in ('planned', 'decided')
