-- The classes behind each test's figures, for each part of what is told and since which of the figures told, and
-- whether the viewer knows them: hers, alone or with another, or opened to her by everyone who teaches it. Of a test
-- never told, the planned ones. A class of a few students counts with what it changes, and not among those that
-- brought results.
-- parameters: $test_ids, $teacher_id
-- columns: test_id, part, generation, section_id, practice, teacher_id, known, brought, signature, teachers
-- scope: visible
-- duckdb only: unnest of a list parameter in a subquery, and list
with taught as (
    select test_id, section_id, teacher_id
    from test_section
    where test_id in (select unnest($test_ids))
    union
    select member.test_id, member.section_id, class.teacher_id
    from test_section as member
    inner join practice_test as test on member.test_id = test.test_id
    inner join school on member.school_id = school.school_id
    inner join taught_class as class
        on
            member.section_id = class.section_id
            and test.subject = class.subject
            and test.school_year = class.school_year
            and school.school_key = class.school_key
    where member.test_id in (select unnest($test_ids)) and class.share > 0
),

planned as (
    select
        member.test_id,
        member.section_id,
        member.arm = 'practice' as practice,
        member.teacher_id,
        bool_and(known.teacher_id is not null)
        or coalesce(bool_or(taught.teacher_id = cast($teacher_id as varchar)), false) as known,
        list(taught.teacher_id) as teachers
    from test_section as member
    inner join taught on member.test_id = taught.test_id and member.section_id = taught.section_id
    left join known_teacher as known on taught.teacher_id = known.teacher_id
    group by member.test_id, member.section_id, member.arm, member.teacher_id
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
    coalesce(drawn.signature, 'planned') as signature,
    planned.teachers
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
