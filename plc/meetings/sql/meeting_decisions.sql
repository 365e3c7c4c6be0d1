-- What a meeting decided, in order: recorded in it, or on a test of its inquiry while it ran; with the next cycle
-- it began, what is predicted of it, and the part of the practice that changes for it.
-- parameters: $meeting_id, $team_ids, $now
-- columns: decision_id, decision, words, decided_on, changed_part, changed_words, predicted_points, predicted_sd
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
with found as (
    select
        decision.decision_id,
        decision.decision,
        decision.words,
        decision.decided_on,
        decision.decided_at,
        cast(null as varchar) as next_test_id,
        cast(null as integer) as tried_version
    from meeting_decision as decision
    where decision.meeting_id = $meeting_id and decision.team_id in (select unnest($team_ids))
    union all
    select
        decided.test_id as decision_id,
        decided.decision,
        decided.reason as words,
        decided.decided_on,
        decided.decided_at,
        decided.next_test_id,
        test.practice_version as tried_version
    from meeting
    inner join practice_test as test on meeting.team_id = test.team_id
    inner join test_decision as decided on test.test_id = decided.test_id
    where
        meeting.meeting_id = $meeting_id
        and meeting.team_id in (select unnest($team_ids))
        and meeting.started_at is not null
        and decided.decided_at >= meeting.started_at
        and decided.decided_at <= coalesce(meeting.ended_at, $now)
),

part as (
    select practice_id, version, 'steps' as part, steps as words from practice_version
    union all
    select practice_id, version, 'core_parts' as part, core_parts as words from practice_version
    union all
    select practice_id, version, 'adaptable_parts' as part, adaptable_parts as words from practice_version
    union all
    select practice_id, version, 'when_to_use' as part, when_to_use as words from practice_version
    union all
    select practice_id, version, 'minutes' as part, rtrim(rtrim(cast(minutes as varchar), '0'), '.') as words
    from practice_version
),

-- Each version of a practice that a decision made changes one part of the one before it.
changed as (
    select since.practice_id, since.version, since.part, since.words
    from part as since
    inner join part as before
        on
            since.practice_id = before.practice_id
            and since.version = before.version + 1
            and since.part = before.part
    where since.words is distinct from before.words
)

select
    found.decision_id,
    found.decision,
    found.words,
    found.decided_on,
    changed.part as changed_part,
    changed.words as changed_words,
    coming.predicted_points,
    coming.predicted_sd
from found
left join practice_test as coming on found.next_test_id = coming.test_id
left join changed
    on
        found.decision = 'adapt'
        and coming.practice_id = changed.practice_id
        and coming.practice_version = changed.version
        and coming.practice_version > found.tried_version
order by found.decided_at, found.decision_id
