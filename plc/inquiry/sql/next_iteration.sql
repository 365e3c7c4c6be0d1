-- Which test of a practice in an inquiry the next one is.
-- parameters: $inquiry_id, $practice_id, $team_ids
-- columns: iteration
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select coalesce(max(iteration), 0) + 1 as iteration
from practice_test
where
    inquiry_id = $inquiry_id
    and practice_id = $practice_id
    and team_id in (select unnest($team_ids))
    and state <> 'withdrawn'
