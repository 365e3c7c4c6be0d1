-- A member takes on a card of her team that nobody owns.
-- parameters: $practice_id, $teacher_id, $team_ids
-- columns: practice_id
-- scope: team
-- duckdb only: unnest of a list parameter
update practice
set owner_teacher_id = $teacher_id
where
    practice_id = $practice_id
    and owner_teacher_id is null
    and team_id in (select unnest($team_ids))
returning practice_id
