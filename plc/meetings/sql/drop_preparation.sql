-- Takes back what a member said before a meeting, before she says it anew.
-- parameters: $team_id, $team_ids, $teacher_id
-- columns: none
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
delete from meeting_preparation
where
    team_id = $team_id
    and team_id in (select unnest($team_ids))
    and teacher_id = $teacher_id
