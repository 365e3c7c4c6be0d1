-- Who is invited to test a practice, or tests it: not invited again.
-- parameters: $practice_id
-- columns: section_id, teacher_id
-- scope: system
select section_id, teacher_id from practice_invitation where practice_id = $practice_id
union
select member.section_id, member.teacher_id
from test_section as member
inner join practice_test as test on member.test_id = test.test_id
where test.practice_id = $practice_id and test.state in ('draft', 'planned')
