-- Of the teams of a school: that they met, in which phase, the kind of their latest decision and how many
-- barriers wait for an answer. No names, observations or words of a decision.
-- parameters: $school_ids, $since
-- columns: team_id, team_name, school_id, met_on, meetings, phase, decision, open_barriers
-- scope: school
-- duckdb only: unnest of a list parameter in a subquery
select
    team.team_id,
    team.team_name,
    team.school_id,
    max(meeting.meets_on) as met_on,
    count(distinct meeting.meeting_id) as meetings,
    arg_max(meeting.phase, meeting.ended_at) as phase,
    (
        select arg_max(decision.decision, decision.decided_at)
        from (
            select recorded.decision, recorded.decided_at, recorded.team_id, recorded.decided_on
            from meeting_decision as recorded
            union all
            select decided.decision, decided.decided_at, test.team_id, decided.decided_on
            from test_decision as decided
            inner join practice_test as test on decided.test_id = test.test_id
        ) as decision
        where decision.team_id = team.team_id and decision.decided_on >= $since
    ) as decision,
    (
        select count(*)
        from barrier
        where barrier.team_id = team.team_id and barrier.answered_on is null
    ) as open_barriers
from team
left join
    meeting
    on team.team_id = meeting.team_id and meeting.state = 'ended' and meeting.meets_on >= $since
where team.school_id in (select unnest($school_ids)) and team.closed_at is null
group by team.team_id, team.team_name, team.school_id
order by team.team_name
