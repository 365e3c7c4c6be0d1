-- The classes behind each test's figures, for each part of what is told and since which of the figures told, and
-- whether the viewer knows them: her own, or opened to her. Of a test never told, the planned ones. A class of a few
-- students counts with what it changes, and not among those that brought results.
-- parameters: $test_ids
-- columns: test_id, part, generation, section_id, practice, teacher_id, known, brought, signature
-- scope: visible
-- duckdb only: unnest of a list parameter in a subquery
with planned as (
    select
        member.test_id,
        member.section_id,
        member.arm = 'practice' as practice,
        member.teacher_id,
        known.teacher_id is not null as known
    from test_section as member
    left join known_teacher as known on member.teacher_id = known.teacher_id
    where member.test_id in (select unnest($test_ids))
)

select
    planned.test_id,
    coalesce(drawn.part, '') as part,
    coalesce(drawn.generation, 1) as generation,
    planned.section_id,
    planned.practice,
    planned.teacher_id,
    planned.known,
    coalesce(drawn.signature, 'planned') <> '' and coalesce(drawn.signature, 'planned') not like 'few %' as brought,
    coalesce(drawn.signature, 'planned') as signature
from planned
left join test_effect_class as drawn
    on
        planned.test_id = drawn.test_id
        and planned.section_id = drawn.section_id
        and drawn.generation > 0
where
    drawn.test_id is not null
    or planned.test_id not in (select test_id from test_effect_class where generation > 0)
order by planned.test_id, part, generation
