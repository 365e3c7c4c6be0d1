-- A made-up inquiry as it stands now.
-- parameters: $inquiry_id, $team_id, $title, $challenge, $subject, $grade, $school_year, $measure_kind, $measure_purpose, $aim_amount, $aim_unit, $aim_by, $aim_for, $phase, $state, $reason, $seen_on, $opened_by, $opened_at, $changed_at
-- columns: none
-- scope: system
insert into inquiry (
    inquiry_id, team_id, version, title, challenge, subject, grade, school_year, measure_kind, measure_purpose,
    aim_amount, aim_unit, aim_by, aim_for, phase, state, state_reason, baseline_seen_by, baseline_seen_on,
    opened_by, opened_at, changed_by, changed_at
)
values (
    $inquiry_id, $team_id, 1, $title, $challenge, $subject, $grade, $school_year, $measure_kind, $measure_purpose,
    $aim_amount, $aim_unit, $aim_by, $aim_for, $phase, $state, $reason, $opened_by, $seen_on,
    $opened_by, $opened_at, $opened_by, $changed_at
)
