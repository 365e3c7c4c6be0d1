-- A test's plan, as the measured effect needs it; whoever asks is checked against its team first.
-- parameters: $test_id
-- columns: test_id, team_id, inquiry_id, practice_id, design, subject, grade, school_year, standard_id, measure_kind, measure_name, predicted_points, predicted_sd, starts_on, ends_on, assigned_at, state, predicted_at
-- scope: system
select
    test_id,
    team_id,
    inquiry_id,
    practice_id,
    design,
    subject,
    grade,
    school_year,
    standard_id,
    measure_kind,
    measure_name,
    predicted_points,
    predicted_sd,
    starts_on,
    ends_on,
    assigned_at,
    state,
    predicted_at
from practice_test
where test_id = $test_id
