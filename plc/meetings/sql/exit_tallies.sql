-- The tallies of a team's ended meetings in order, to be shown only as means of enough answers.
-- parameters: $team_id, $team_ids
-- columns: meets_on, ones, twos, threes, fours, fives, words, answerers
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    meeting.meets_on,
    pulse.ones,
    pulse.twos,
    pulse.threes,
    pulse.fours,
    pulse.fives,
    pulse.words,
    coalesce(
        (
            select string_agg(answered.teacher_id, ',')
            from exit_answered as answered
            where answered.meeting_id = meeting.meeting_id
        ),
        ''
    ) as answerers
from exit_pulse as pulse
inner join meeting on pulse.meeting_id = meeting.meeting_id
where
    meeting.team_id = $team_id
    and meeting.team_id in (select unnest($team_ids))
    and meeting.state = 'ended'
order by meeting.meets_on, meeting.ended_at
