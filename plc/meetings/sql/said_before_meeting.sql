-- What people said before a team's next meeting: since its last one ended.
-- parameters: $team_id, $team_ids
-- columns: teacher_id, ready, words
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    teacher_id,
    ready,
    words
from meeting_preparation
where
    team_id = $team_id
    and team_id in (select unnest($team_ids))
    and said_at > (
        select coalesce(max(meeting.ended_at), timestamp '1970-01-01 00:00:00')
        from meeting
        where meeting.team_id = $team_id and meeting.state = 'ended'
    )
