-- The plan that a new test begins from, without anything its classes showed; whoever asks is checked first.
-- parameters: $test_id
-- columns: team_id, practice_id, also_typical, design, standard_id, measure_kind, measure_name, starts_on, ends_on, state
-- scope: system
select
    test.team_id,
    test.practice_id,
    coalesce(candidate.also_typical, 'not asked') as also_typical,
    test.design,
    test.standard_id,
    test.measure_kind,
    test.measure_name,
    test.starts_on,
    test.ends_on,
    test.state
from practice_test as test
left join (
    select inquiry_id, practice_id, max(also_typical) as also_typical
    from candidate_practice
    where removed_at is null
    group by inquiry_id, practice_id
) as candidate on test.inquiry_id = candidate.inquiry_id and test.practice_id = candidate.practice_id
where test.test_id = $test_id
