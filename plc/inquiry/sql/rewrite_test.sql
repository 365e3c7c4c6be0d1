-- Writes a team's plan anew, unless someone wrote since it was read.
-- parameters: $test_id, $team_ids, $seen_version, $practice_id, $practice_version, $design, $standard_id, $measure_kind, $measure_name, $points_per_sd, $predicted_points, $predicted_sd, $prediction_words, $predicted_at, $starts_on, $ends_on, $second_start_on, $outcome_on, $adaptation
-- columns: version
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
update practice_test set
    practice_id = $practice_id,
    practice_version = $practice_version,
    design = $design,
    standard_id = $standard_id,
    measure_kind = $measure_kind,
    measure_name = $measure_name,
    points_per_sd = $points_per_sd,
    predicted_points = $predicted_points,
    predicted_sd = $predicted_sd,
    prediction_words = $prediction_words,
    predicted_at = $predicted_at,
    starts_on = $starts_on,
    ends_on = $ends_on,
    second_start_on = $second_start_on,
    outcome_on = $outcome_on,
    adaptation = $adaptation,
    version = version + 1
where
    test_id = $test_id
    and team_id in (select unnest($team_ids))
    and version = $seen_version
    and state in ('draft', 'planned')
returning version
