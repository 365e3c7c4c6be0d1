-- The inquiries of the viewer's teams, the latest changed first, with how many tests each holds. A search
-- looks in title, challenge and the reason it ended.
-- parameters: $team_ids, $team_id, $state, $words, $most
-- columns: inquiry_id, team_id, team_name, title, challenge, subject, grade, school_year, phase, state, state_reason, changed_at, tests, decisions
-- scope: team
with found as (
    select
        inquiry.inquiry_id, inquiry.team_id, team.team_name, inquiry.title, inquiry.challenge, inquiry.subject,
        inquiry.grade, inquiry.school_year, inquiry.phase, inquiry.state, inquiry.state_reason, inquiry.changed_at
    from inquiry
    inner join team on inquiry.team_id = team.team_id
    where
        inquiry.team_id in (select unnest($team_ids))
        and ($team_id is null or inquiry.team_id = $team_id)
        and ($state is null or inquiry.state = $state)
        and (
            $words is null
            or contains(
                lower(concat_ws(' ', inquiry.title, inquiry.challenge, inquiry.state_reason)), lower($words)
            )
        )
    order by inquiry.changed_at desc nulls last, inquiry.inquiry_id nulls last
    limit $most
),

tested as (
    select practice_test.inquiry_id, count(*) as tests
    from practice_test
    where practice_test.inquiry_id in (select found.inquiry_id from found) and practice_test.state <> 'withdrawn'
    group by practice_test.inquiry_id
),

decided as (
    select practice_test.inquiry_id, string_agg(distinct test_decision.decision, ', ') as decisions
    from test_decision
    inner join practice_test on test_decision.test_id = practice_test.test_id
    where practice_test.inquiry_id in (select found.inquiry_id from found)
    group by practice_test.inquiry_id
)

select
    found.inquiry_id,
    found.team_id,
    found.team_name,
    found.title,
    found.challenge,
    found.subject,
    found.grade,
    found.school_year,
    found.phase,
    found.state,
    found.state_reason,
    found.changed_at,
    coalesce(tested.tests, 0) as tests,
    coalesce(decided.decisions, '') as decisions
from found
left join tested on found.inquiry_id = tested.inquiry_id
left join decided on found.inquiry_id = decided.inquiry_id
order by found.changed_at desc nulls last, found.inquiry_id nulls last
