-- Tests of a team: of one inquiry, one test, or all of the viewer's teams.
-- parameters: $team_ids, $inquiry_id, $test_id
-- columns: test_id, inquiry_id, team_id, practice_id, practice_version, title, core_parts, adaptable_parts, iteration, origin_test_id, version, design, subject, grade, school_year, standard_id, measure_kind, measure_name, points_per_sd, predicted_points, predicted_sd, prediction_words, predicted_at, starts_on, ends_on, second_start_on, outcome_on, smallest_detectable, adaptation, assignment_seed, assigned_at, state, planned_by, planned_at, practice_sections, comparison_sections
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    test.test_id,
    test.inquiry_id,
    test.team_id,
    test.practice_id,
    test.practice_version,
    wording.title,
    wording.core_parts,
    wording.adaptable_parts,
    test.iteration,
    test.origin_test_id,
    test.version,
    test.design,
    test.subject,
    test.grade,
    test.school_year,
    test.standard_id,
    test.measure_kind,
    test.measure_name,
    test.points_per_sd,
    test.predicted_points,
    test.predicted_sd,
    test.prediction_words,
    test.predicted_at,
    test.starts_on,
    test.ends_on,
    test.second_start_on,
    test.outcome_on,
    test.smallest_detectable,
    test.adaptation,
    test.assignment_seed,
    test.assigned_at,
    test.state,
    test.planned_by,
    test.planned_at,
    coalesce(counted.practice_sections, 0) as practice_sections,
    coalesce(counted.comparison_sections, 0) as comparison_sections
from practice_test as test
left join
    practice_version as wording
    on test.practice_id = wording.practice_id and test.practice_version = wording.version
left join (
    select
        test_id,
        sum(case when arm = 'practice' then 1 else 0 end) as practice_sections,
        sum(case when arm = 'comparison' then 1 else 0 end) as comparison_sections
    from test_section
    group by test_id
) as counted on test.test_id = counted.test_id
where
    test.team_id in (select unnest($team_ids))
    and (cast($inquiry_id as varchar) is null or test.inquiry_id = cast($inquiry_id as varchar))
    and (cast($test_id as varchar) is null or test.test_id = cast($test_id as varchar))
order by test.planned_at nulls last, test.test_id nulls last
