-- Writes what a team says of itself, unless someone wrote since it was read.
-- parameters: $team_id, $team_ids, $seen_version, $team_name, $subject, $grade, $norms, $meets
-- columns: version
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
update team set
    team_name = $team_name,
    subject = $subject,
    grade = $grade,
    norms = $norms,
    meets = $meets,
    version = version + 1
where
    team_id = $team_id
    and team_id in (select unnest($team_ids))
    and version = $seen_version
    and closed_at is null
returning version
