-- A page of the asked teams with what a month may tell of each: that it met, its phase, kinds of decisions, barriers
-- that wait. No name of a person, no word of a decision, no pulse, no result. Of a team of few members only what it
-- asked for itself.
-- parameters: $from_on, $until_on, $limit, $offset
-- columns: team_id, team_name, school_name, met_on, meetings, phase, adopt, adapt, abandon, keep_testing, agree, open_barriers, enough, found
-- scope: led
with shown as (
    select
        team_id,
        team_name,
        school_name,
        enough,
        count(*) over () as found
    from led_team
    order by school_name nulls last, team_name, team_id
    limit $limit offset $offset
),

told as (
    select team_id from shown where enough
),

met as (
    select meeting.team_id, max(meeting.meets_on) as met_on, count(*) as meetings
    from meeting
    where
        meeting.state = 'ended'
        and meeting.meets_on between $from_on and $until_on
        and meeting.team_id in (select told.team_id from told)
    group by meeting.team_id
),

working as (
    select inquiry.team_id, arg_max(inquiry.phase, inquiry.opened_at) as phase
    from inquiry
    where inquiry.state = 'open' and inquiry.team_id in (select told.team_id from told)
    group by inquiry.team_id
),

decided as (
    select
        every.team_id,
        count(*) filter (where every.decision = 'adopt') as adopt,
        count(*) filter (where every.decision = 'adapt') as adapt,
        count(*) filter (where every.decision = 'abandon') as abandon,
        count(*) filter (where every.decision = 'keep testing') as keep_testing,
        count(*) filter (where every.decision = 'agree') as agree
    from (
        select recorded.team_id, recorded.decision, recorded.decided_on from meeting_decision as recorded
        union all
        select test.team_id, of_test.decision, of_test.decided_on
        from test_decision as of_test
        inner join practice_test as test on of_test.test_id = test.test_id
    ) as every
    where every.decided_on between $from_on and $until_on and every.team_id in (select told.team_id from told)
    group by every.team_id
),

waiting as (
    select barrier.team_id, count(*) as open_barriers
    from barrier
    where barrier.answered_on is null
    group by barrier.team_id
)

select
    shown.team_id,
    shown.team_name,
    shown.school_name,
    met.met_on,
    coalesce(met.meetings, 0) as meetings,
    working.phase,
    coalesce(decided.adopt, 0) as adopt,
    coalesce(decided.adapt, 0) as adapt,
    coalesce(decided.abandon, 0) as abandon,
    coalesce(decided.keep_testing, 0) as keep_testing,
    coalesce(decided.agree, 0) as agree,
    coalesce(waiting.open_barriers, 0) as open_barriers,
    shown.enough,
    shown.found
from shown
left join met on shown.team_id = met.team_id
left join working on shown.team_id = working.team_id
left join decided on shown.team_id = decided.team_id
left join waiting on shown.team_id = waiting.team_id
order by shown.school_name nulls last, shown.team_name, shown.team_id
