-- A page of the asked teams that may need help, each with its reasons: an open inquiry without data or without a
-- decision for long, a barrier whose day has passed. Of results only the day is read. No inquiry's words, no person.
-- Of a team of few members only a barrier, which it asked about itself.
-- parameters: $reason, $today, $data_days, $usual_cycle_days, $limit, $offset
-- columns: team_id, team_name, school_name, phase, data_days, decision_days, cycle_days, late_barriers, barrier_due_on, helped_kind, helped_on, found
-- scope: led
with working as (
    select
        inquiry.inquiry_id,
        inquiry.team_id,
        inquiry.phase,
        inquiry.subject,
        inquiry.grade,
        inquiry.school_year,
        inquiry.measure_kind,
        inquiry.measure_name,
        cast(inquiry.opened_at as date) as opened_on
    from inquiry
    inner join led_team on inquiry.team_id = led_team.team_id
    where led_team.enough and inquiry.state = 'open' and inquiry.phase <> 'share'
),

sitting as (
    select distinct working.inquiry_id, working.measure_kind, working.measure_name, taught.section_key
    from working
    inner join team_member as member on working.team_id = member.team_id
    inner join taught_class as taught on member.teacher_id = taught.teacher_id
    where
        (member.left_on is null or member.left_on > $today)
        and taught.school_year = working.school_year
        and taught.subject = working.subject
        and (working.grade is null or taught.grade = working.grade)
),

given as (
    select result.section_key, result.assessment_key, max(result.taken_on) as taken_on
    from result
    where result.section_key in (select sitting.section_key from sitting)
    group by result.section_key, result.assessment_key
),

data as (
    select sitting.inquiry_id, max(coalesce(given.taken_on, assessment.taken_on)) as data_on
    from sitting
    inner join given on sitting.section_key = given.section_key
    inner join assessment on given.assessment_key = assessment.assessment_key
    where
        (sitting.measure_name is null or assessment.name = sitting.measure_name)
        and (sitting.measure_kind is null or assessment.kind = sitting.measure_kind)
        and coalesce(given.taken_on, assessment.taken_on) <= $today
    group by sitting.inquiry_id
),

checked as (
    select test.inquiry_id, max(fidelity_check.week_of) as checked_on
    from fidelity_check
    inner join practice_test as test on fidelity_check.test_id = test.test_id
    group by test.inquiry_id
),

cycle as (
    select inquiry_id, arg_max(date_diff('day', starts_on, ends_on), starts_on) as days
    from practice_test
    where state in ('planned', 'decided')
    group by inquiry_id
),

decided as (
    select every.inquiry_id, max(every.decided_on) as decided_on
    from (
        select recorded.inquiry_id, recorded.decided_on from meeting_decision as recorded
        union all
        select test.inquiry_id, of_test.decided_on
        from test_decision as of_test
        inner join practice_test as test on of_test.test_id = test.test_id
    ) as every
    group by every.inquiry_id
),

quiet as (
    select
        working.inquiry_id,
        working.team_id,
        working.phase,
        working.opened_on,
        date_diff(
            'day',
            greatest(working.opened_on, coalesce(data.data_on, working.opened_on),
                coalesce(checked.checked_on, working.opened_on)),
            $today
        ) as data_days,
        date_diff(
            'day', greatest(working.opened_on, coalesce(decided.decided_on, working.opened_on)), $today
        ) as decision_days,
        greatest(coalesce(cycle.days, $usual_cycle_days), 7) as cycle_days
    from working
    left join data on working.inquiry_id = data.inquiry_id
    left join checked on working.inquiry_id = checked.inquiry_id
    left join cycle on working.inquiry_id = cycle.inquiry_id
    left join decided on working.inquiry_id = decided.inquiry_id
),

of_inquiry as (
    select
        team_id,
        arg_max(phase, opened_on) as phase,
        max(case when data_days > $data_days then data_days end) as data_days,
        max(case when decision_days > 2 * cycle_days then decision_days end) as decision_days,
        arg_max(cycle_days, case when decision_days > 2 * cycle_days then decision_days end) as cycle_days
    from quiet
    where data_days > $data_days or decision_days > 2 * cycle_days
    group by team_id
),

late as (
    select barrier.team_id, count(*) as late_barriers, min(barrier.due_on) as barrier_due_on
    from barrier
    where barrier.answered_on is null and barrier.due_on < $today
    group by barrier.team_id
),

helped as (
    select
        team_id,
        arg_max(support_kind, given_at) as helped_kind,
        arg_max(given_on, given_at) as helped_on
    from team_support
    where taken_back_at is null
    group by team_id
)

select
    led_team.team_id,
    led_team.team_name,
    led_team.school_name,
    of_inquiry.phase,
    of_inquiry.data_days,
    of_inquiry.decision_days,
    of_inquiry.cycle_days,
    coalesce(late.late_barriers, 0) as late_barriers,
    late.barrier_due_on,
    helped.helped_kind,
    helped.helped_on,
    count(*) over () as found
from led_team
left join of_inquiry on led_team.team_id = of_inquiry.team_id
left join late on led_team.team_id = late.team_id
left join helped on led_team.team_id = helped.team_id
where
    case $reason
        when 'data' then of_inquiry.data_days is not null
        when 'decision' then of_inquiry.decision_days is not null
        when 'barrier' then late.late_barriers is not null
        else of_inquiry.team_id is not null or late.team_id is not null
    end
order by led_team.school_name nulls last, led_team.team_name, led_team.team_id
limit $limit offset $offset
