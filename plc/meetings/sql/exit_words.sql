-- The words of a meeting's exit answers, for adding one.
-- parameters: $meeting_id, $team_ids
-- columns: words
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select pulse.words
from exit_pulse as pulse
inner join meeting on pulse.meeting_id = meeting.meeting_id
where pulse.meeting_id = $meeting_id and meeting.team_id in (select unnest($team_ids))
