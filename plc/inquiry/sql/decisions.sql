-- What the viewer's teams decided on their tests, the latest first; a search looks in title and reason.
-- `replications` counts the practice's other decided or running tests, in any team.
-- parameters: $team_ids, $inquiry_id, $decision, $words, $most
-- columns: test_id, inquiry_id, inquiry_title, practice_id, title, decision, reason, decided_by, decided_on, next_test_id, replications
-- scope: team
with found as (
    select
        test_decision.test_id,
        practice_test.inquiry_id,
        inquiry.title as inquiry_title,
        practice_test.practice_id,
        practice_version.title,
        test_decision.decision,
        test_decision.reason,
        coalesce(teacher.name, 'someone of the team') as decided_by,
        test_decision.decided_on,
        test_decision.decided_at,
        test_decision.next_test_id
    from test_decision
    inner join practice_test on test_decision.test_id = practice_test.test_id
    inner join inquiry on practice_test.inquiry_id = inquiry.inquiry_id
    inner join practice_version
        on
            practice_test.practice_id = practice_version.practice_id
            and practice_test.practice_version = practice_version.version
    left join teacher on test_decision.decided_by = teacher.teacher_id
    where
        practice_test.team_id in (select unnest($team_ids))
        and ($inquiry_id is null or practice_test.inquiry_id = $inquiry_id)
        and ($decision is null or test_decision.decision = $decision)
        and (
            $words is null
            or contains(lower(concat_ws(' ', practice_version.title, test_decision.reason)), lower($words))
        )
    order by test_decision.decided_at desc nulls last
    limit $most
),

measured as (
    select practice_id, count(*) as tests
    from test_effect
    where verdict = 'measured' and practice_id in (select found.practice_id from found)
    group by practice_id
)

select
    found.test_id,
    found.inquiry_id,
    found.inquiry_title,
    found.practice_id,
    found.title,
    found.decision,
    found.reason,
    found.decided_by,
    found.decided_on,
    found.next_test_id,
    greatest(coalesce(measured.tests, 0) - 1, 0) as replications
from found
left join measured on found.practice_id = measured.practice_id
order by found.decided_at desc nulls last, found.test_id
