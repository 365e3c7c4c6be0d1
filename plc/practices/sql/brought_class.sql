-- The classes behind the figures told of each test: those that brought results of more than a few students. Of a test
-- measured before it was kept what its classes brought, the planned ones.
-- parameters: none
-- columns: test_id, section_id, teacher_id, practice
-- scope: system
with latest as (
    select test_id, section_id, max_by(signature, generation) as signature
    from test_effect_class
    where part = '' and generation > 0
    group by test_id, section_id
)

select
    member.test_id,
    member.section_id,
    member.teacher_id,
    member.arm = 'practice' as practice
from test_section as member
left join latest on member.test_id = latest.test_id and member.section_id = latest.section_id
where
    (latest.signature <> '' and latest.signature not like 'few %')
    or member.test_id not in (select latest.test_id from latest)
