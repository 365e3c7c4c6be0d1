-- Add one answer to the tallies of a meeting.
-- parameters: $meeting_id, $team_ids, $worth, $words
-- columns: none
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
update exit_pulse
set
    ones = ones + case when $worth = 1 then 1 else 0 end,
    twos = twos + case when $worth = 2 then 1 else 0 end,
    threes = threes + case when $worth = 3 then 1 else 0 end,
    fours = fours + case when $worth = 4 then 1 else 0 end,
    fives = fives + case when $worth = 5 then 1 else 0 end,
    words = $words
where
    meeting_id in (
        select meeting_id from meeting where meeting_id = $meeting_id and team_id in (select unnest($team_ids))
    )
