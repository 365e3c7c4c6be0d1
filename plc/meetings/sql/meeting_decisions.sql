-- What a meeting decided, in order: recorded in it, or on a test of its inquiry while it ran.
-- parameters: $meeting_id, $team_ids, $now
-- columns: decision_id, decision, words, decided_on
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select decision_id, decision, words, decided_on
from (
    select
        decision.decision_id,
        decision.decision,
        decision.words,
        decision.decided_on,
        decision.decided_at
    from meeting_decision as decision
    where decision.meeting_id = $meeting_id and decision.team_id in (select unnest($team_ids))
    union all
    select
        decided.test_id as decision_id,
        decided.decision,
        decided.reason as words,
        decided.decided_on,
        decided.decided_at
    from meeting
    inner join practice_test as test on meeting.team_id = test.team_id
    inner join test_decision as decided on test.test_id = decided.test_id
    where
        meeting.meeting_id = $meeting_id
        and meeting.team_id in (select unnest($team_ids))
        and meeting.started_at is not null
        and decided.decided_at >= meeting.started_at
        and decided.decided_at <= coalesce(meeting.ended_at, $now)
) as found
order by decided_at, decision_id
