-- What the same teams come to together: teams that met, phases, kinds of decisions, barriers that wait. Teams of
-- fewer members than $least_members are counted apart and in nothing else: what is left of a total without the
-- others would be theirs.
-- parameters: $school_ids, $whole_district, $school_id, $words, $from_on, $until_on, $today, $least_members
-- columns: kind, what, counted
-- scope: school
-- duckdb only: unnest of a list parameter in a subquery
with asked_team as (
    select team_id
    from open_team
    where
        ($whole_district or school_id in (select unnest($school_ids)))
        and ($school_id is null or school_id = $school_id)
        and ($words is null or contains(lower(concat_ws(' ', team_name, school_name)), lower($words)))
),

of_enough as (
    select team_id
    from team_member
    where left_on is null or left_on > $today
    group by team_id
    having count(distinct teacher_id) >= $least_members
),

own_team as (
    select asked_team.team_id
    from asked_team
    inner join of_enough on asked_team.team_id = of_enough.team_id
)

select 'listed' as kind, '' as what, count(*) as counted from asked_team
union all
select 'teams' as kind, '' as what, count(*) as counted from own_team
union all
select 'met' as kind, '' as what, count(distinct meeting.team_id) as counted
from meeting
inner join own_team on meeting.team_id = own_team.team_id
where meeting.state = 'ended' and meeting.meets_on between $from_on and $until_on
union all
select 'phase' as kind, inquiry.phase as what, count(distinct inquiry.team_id) as counted
from inquiry
inner join own_team on inquiry.team_id = own_team.team_id
where inquiry.state = 'open'
group by inquiry.phase
union all
select 'decision' as kind, recorded.decision as what, count(*) as counted
from meeting_decision as recorded
inner join own_team on recorded.team_id = own_team.team_id
where recorded.decided_on between $from_on and $until_on
group by recorded.decision
union all
select 'decision' as kind, of_test.decision as what, count(*) as counted
from test_decision as of_test
inner join practice_test as test on of_test.test_id = test.test_id
inner join own_team on test.team_id = own_team.team_id
where of_test.decided_on between $from_on and $until_on
group by of_test.decision
union all
select 'barrier' as kind, '' as what, count(*) as counted
from barrier
inner join own_team on barrier.team_id = own_team.team_id
where barrier.answered_on is null
