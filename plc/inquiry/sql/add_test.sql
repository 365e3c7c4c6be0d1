-- A new test of a team.
-- parameters: $test_id, $inquiry_id, $team_id, $practice_id, $practice_version, $iteration, $origin_test_id, $design, $subject, $grade, $school_year, $standard_id, $measure_kind, $measure_name, $points_per_sd, $predicted_points, $predicted_sd, $prediction_words, $predicted_at, $starts_on, $ends_on, $second_start_on, $outcome_on, $smallest_detectable, $adaptation, $state, $planned_by, $planned_at
-- columns: none
-- scope: system
insert into practice_test (
    test_id, inquiry_id, team_id, practice_id, practice_version, iteration, origin_test_id, version, design,
    subject, grade, school_year, standard_id, measure_kind, measure_name, points_per_sd, predicted_points,
    predicted_sd, prediction_words, predicted_at, starts_on, ends_on, second_start_on, outcome_on,
    smallest_detectable, adaptation, state, planned_by, planned_at
)
values (
    $test_id, $inquiry_id, $team_id, $practice_id, $practice_version, $iteration, $origin_test_id, 1, $design,
    $subject, $grade, $school_year, $standard_id, $measure_kind, $measure_name, $points_per_sd, $predicted_points,
    $predicted_sd, $prediction_words, $predicted_at, $starts_on, $ends_on, $second_start_on, $outcome_on,
    $smallest_detectable, $adaptation, $state, $planned_by, $planned_at
)
