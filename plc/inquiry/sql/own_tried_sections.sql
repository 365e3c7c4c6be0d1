-- The classes in which a teacher tries a practice today.
-- parameters: $teacher_id, $team_ids, $today
-- columns: test_id, section_id, title, core_parts, starts_on, test_starts_on, ends_on
-- scope: self
-- duckdb only: unnest of a list parameter in a subquery
select
    test.test_id,
    chosen.section_id,
    wording.title,
    wording.core_parts,
    coalesce(chosen.starts_on, test.starts_on) as starts_on,
    test.starts_on as test_starts_on,
    test.ends_on
from test_section as chosen
inner join practice_test as test on chosen.test_id = test.test_id
left join
    practice_version as wording
    on test.practice_id = wording.practice_id and test.practice_version = wording.version
where
    chosen.teacher_id = $teacher_id
    and chosen.arm = 'practice'
    and test.team_id in (select unnest($team_ids))
    and test.state = 'planned'
    and coalesce(chosen.starts_on, test.starts_on) <= $today
    and test.ends_on >= $today
order by test.starts_on nulls last, test.test_id nulls last, chosen.section_id nulls last
