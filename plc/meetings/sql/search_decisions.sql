-- The decisions of the viewer's teams, of meetings and of tests, that hold every word looked for; latest first.
-- parameters: $team_ids, $words, $decision, $limit, $offset
-- columns: team_name, inquiry_title, decision, words, decided_on, meeting_id, found
-- scope: team
-- duckdb only: list_contains and unnest of list parameters
with decided as (
    select
        decision.team_id,
        decision.inquiry_id,
        decision.decision,
        decision.words,
        decision.decided_on,
        decision.decided_at,
        decision.meeting_id
    from meeting_decision as decision
    where decision.team_id in (select unnest($team_ids))
    union all
    select
        test.team_id,
        test.inquiry_id,
        decision.decision,
        decision.reason as words,
        decision.decided_on,
        decision.decided_at,
        cast(null as varchar) as meeting_id
    from test_decision as decision
    inner join practice_test as test on decision.test_id = test.test_id
    where test.team_id in (select unnest($team_ids))
),

told as (
    select
        team.team_name,
        inquiry.title as inquiry_title,
        decided.decision,
        decided.words,
        decided.decided_on,
        decided.decided_at,
        decided.meeting_id,
        lower(
            concat_ws(
                ' ', decided.words, decided.decision, inquiry.title, inquiry.challenge, decided.decided_on
            )
        ) as everything
    from decided
    inner join team on decided.team_id = team.team_id
    left join inquiry on decided.inquiry_id = inquiry.inquiry_id
)

select
    team_name,
    inquiry_title,
    decision,
    words,
    decided_on,
    meeting_id,
    count(*) over () as found
from told
where
    ($decision is null or decision = $decision)
    and not exists (
        select 1
        from (select unnest($words) as word) as looked_for
        where not contains(told.everything, lower(looked_for.word))
    )
order by decided_on desc, decided_at desc
limit $limit offset $offset
