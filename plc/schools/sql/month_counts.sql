-- What the asked teams come to together: teams that met, phases, kinds of decisions, barriers that wait. Teams of few
-- members are counted apart and in nothing else: what is left of a total without the others would be theirs.
-- parameters: $from_on, $until_on
-- columns: kind, what, counted
-- scope: led
select 'listed' as kind, '' as what, count(*) as counted from led_team
union all
select 'teams' as kind, '' as what, count(*) as counted from led_team where enough
union all
select 'met' as kind, '' as what, count(distinct meeting.team_id) as counted
from meeting
inner join led_team on meeting.team_id = led_team.team_id
where led_team.enough and meeting.state = 'ended' and meeting.meets_on between $from_on and $until_on
union all
select 'phase' as kind, inquiry.phase as what, count(distinct inquiry.team_id) as counted
from inquiry
inner join led_team on inquiry.team_id = led_team.team_id
where led_team.enough and inquiry.state = 'open'
group by inquiry.phase
union all
select 'decision' as kind, recorded.decision as what, count(*) as counted
from meeting_decision as recorded
inner join led_team on recorded.team_id = led_team.team_id
where led_team.enough and recorded.decided_on between $from_on and $until_on
group by recorded.decision
union all
select 'decision' as kind, of_test.decision as what, count(*) as counted
from test_decision as of_test
inner join practice_test as test on of_test.test_id = test.test_id
inner join led_team on test.team_id = led_team.team_id
where led_team.enough and of_test.decided_on between $from_on and $until_on
group by of_test.decision
union all
select 'barrier' as kind, '' as what, count(*) as counted
from barrier
inner join led_team on barrier.team_id = led_team.team_id
where led_team.enough and barrier.answered_on is null
