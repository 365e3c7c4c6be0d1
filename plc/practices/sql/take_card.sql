-- A team of the viewer takes a card that is open to her into its work.
-- parameters: $practice_id, $team_id, $team_ids, $taken_by, $taken_at
-- columns: practice_id
-- scope: team
-- duckdb only: unnest of a list parameter
insert into practice_taken (practice_id, team_id, taken_by, taken_at)
select visible.practice_id, $team_id, $taken_by, $taken_at
from visible_practice as visible
where
    visible.practice_id = $practice_id
    and $team_id in (select unnest($team_ids))
    and (visible.in_reach or visible.is_author or visible.in_work)
    and not exists (
        select 1 from practice_taken as taken
        where taken.practice_id = $practice_id and taken.team_id = $team_id
    )
returning practice_id
