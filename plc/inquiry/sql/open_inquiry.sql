-- Open an inquiry of a team the viewer is in; nothing where she is not.
-- parameters: $team_ids, $inquiry_id, $team_id, $title, $challenge, $subject, $grade, $school_year, $standard_id, $measure_kind, $measure_name, $measure_purpose, $aim_amount, $aim_unit, $aim_by, $aim_for, $unit_name, $unit_starts_on, $priority_id, $by, $at
-- columns: none
-- scope: team
insert into inquiry (
    inquiry_id, team_id, version, title, challenge, subject, grade, school_year, standard_id, measure_kind,
    measure_name, measure_purpose, aim_amount, aim_unit, aim_by, aim_for, unit_name, unit_starts_on, priority_id,
    phase, state, opened_by, opened_at, changed_by, changed_at
)
select
    $inquiry_id, team.team_id, 1, $title, $challenge, $subject, $grade, $school_year, $standard_id, $measure_kind,
    $measure_name, $measure_purpose, $aim_amount, $aim_unit, $aim_by, $aim_for, $unit_name, $unit_starts_on,
    $priority_id, 'seek', 'open', $by, $at, $by, $at
from team
where team.team_id = $team_id and team.team_id in (select unnest($team_ids)) and team.closed_at is null
