-- A new team.
-- parameters: $team_id, $team_name, $subject, $grade, $school_id, $norms, $meets, $created_by, $created_at, $across_schools
-- columns: none
-- scope: system
insert into team (
    team_id, team_name, subject, grade, school_id, norms, meets, version, created_by, created_at, across_schools
)
values (
    $team_id, $team_name, $subject, $grade, $school_id, $norms, $meets, 1, $created_by, $created_at, $across_schools
)
