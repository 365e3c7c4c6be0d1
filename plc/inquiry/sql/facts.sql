-- What the conditions of the phases look at, one row per inquiry of the viewer's teams.
-- parameters: $team_ids, $inquiry_id, $today
-- columns: phase, challenge, measure, purpose, aim, baseline_seen, candidates, contrasted, distinguishing, bright_visits, typical_visits, waived, tests, decided, last_decision, running, cards
-- scope: team
with candidate as (
    select
        candidate_practice.inquiry_id,
        count(*) as candidates,
        count(*) filter (where candidate_practice.also_typical <> 'not asked') as contrasted,
        count(*) filter (where candidate_practice.also_typical in ('no', 'unknown')) as distinguishing
    from candidate_practice
    where candidate_practice.inquiry_id = $inquiry_id and candidate_practice.removed_at is null
    group by candidate_practice.inquiry_id
),

visit as (
    select
        discovery_visit.inquiry_id,
        count(*) filter (where discovery_visit.class_kind = 'bright spot') as bright_visits,
        count(*) filter (where discovery_visit.class_kind = 'typical') as typical_visits
    from discovery_visit
    where
        discovery_visit.inquiry_id = $inquiry_id
        and discovery_visit.held_on is not null
        and discovery_visit.removed_at is null
    group by discovery_visit.inquiry_id
),

test as (
    select
        practice_test.inquiry_id,
        count(*) filter (where practice_test.state in ('planned', 'decided')) as tests,
        count(distinct test_decision.test_id) as decided,
        max_by(test_decision.decision, test_decision.decided_at) as last_decision,
        count(*) filter (
            where practice_test.state = 'planned' and practice_test.ends_on >= $today
        ) as running
    from practice_test
    left join test_decision on practice_test.test_id = test_decision.test_id
    where practice_test.inquiry_id = $inquiry_id and practice_test.state <> 'withdrawn'
    group by practice_test.inquiry_id
),

card as (
    select candidate_practice.inquiry_id, count(*) as cards
    from candidate_practice
    inner join newest_wording as newest on candidate_practice.practice_id = newest.practice_id
    where
        candidate_practice.inquiry_id = $inquiry_id
        and candidate_practice.removed_at is null
        and newest.when_to_use <> ''
        and newest.steps <> ''
        and newest.core_parts <> ''
    group by candidate_practice.inquiry_id
)

select
    inquiry.phase,
    inquiry.challenge <> '' as challenge,
    inquiry.measure_kind is not null or inquiry.measure_name is not null as measure,
    coalesce(inquiry.measure_purpose, '') <> '' as purpose,
    inquiry.aim_amount is not null
    and inquiry.aim_unit is not null
    and inquiry.aim_by is not null
    and coalesce(inquiry.aim_for, '') <> '' as aim,
    inquiry.baseline_seen_on is not null as baseline_seen,
    coalesce(candidate.candidates, 0) as candidates,
    coalesce(candidate.contrasted, 0) as contrasted,
    coalesce(candidate.distinguishing, 0) as distinguishing,
    coalesce(visit.bright_visits, 0) as bright_visits,
    coalesce(visit.typical_visits, 0) as typical_visits,
    coalesce(inquiry.visits_waived, '') <> '' as waived,
    coalesce(test.tests, 0) as tests,
    coalesce(test.decided, 0) as decided,
    coalesce(test.last_decision, '') as last_decision,
    coalesce(test.running, 0) as running,
    coalesce(card.cards, 0) as cards
from inquiry
left join candidate on inquiry.inquiry_id = candidate.inquiry_id
left join visit on inquiry.inquiry_id = visit.inquiry_id
left join test on inquiry.inquiry_id = test.inquiry_id
left join card on inquiry.inquiry_id = card.inquiry_id
where inquiry.inquiry_id = $inquiry_id and inquiry.team_id in (select unnest($team_ids))
