-- Every test that left its draft, with its measured effect where there is one, its team's decision, and whether it ran
-- in the classes where the practice was found (same students as at the visit).
-- parameters: $everything, $practice_ids
-- columns: practice_id, test_id, team_id, subject, grade, state, starts_on, ends_on, verdict, design, effect, standard_error, degrees_of_freedom, students, baseline_verdict, attrition_verdict, balancing_harm, low_starters_effect, low_starters_error, low_starters_freedom, low_starters_students, starting_level, decision, decided_at, found_here
-- scope: system
-- duckdb only: unnest of a list parameter
with decided as (
    select
        test_id,
        decision,
        decided_at,
        row_number() over (partition by test_id order by decided_at desc nulls last) as place
    from test_decision
),

found as (
    select distinct test.test_id
    from practice_test as test
    inner join practice on test.practice_id = practice.practice_id
    inner join inquiry on practice.origin_inquiry_id = inquiry.inquiry_id
    inner join discovery_visit as visit on inquiry.inquiry_id = visit.inquiry_id
    inner join test_section as class
        on test.test_id = class.test_id and visit.visited_teacher_id = class.teacher_id
    where
        visit.class_kind = 'bright spot'
        and class.arm = 'practice'
        and test.subject = inquiry.subject
        and test.school_year = inquiry.school_year
)

select
    test.practice_id,
    test.test_id,
    test.team_id,
    test.subject,
    test.grade,
    test.state,
    test.starts_on,
    test.ends_on,
    effect.verdict,
    coalesce(effect.design, test.design) as design,
    effect.effect,
    effect.standard_error,
    effect.degrees_of_freedom,
    coalesce(effect.students, 0) as students,
    effect.baseline_verdict,
    effect.attrition_verdict,
    coalesce(effect.balancing_harm, false) as balancing_harm,
    effect.low_starters_effect,
    effect.low_starters_error,
    effect.low_starters_freedom,
    coalesce(effect.low_starters_students, 0) as low_starters_students,
    effect.starting_level,
    decided.decision,
    decided.decided_at,
    found.test_id is not null as found_here
from practice_test as test
left join test_effect as effect on test.test_id = effect.test_id
left join decided on test.test_id = decided.test_id and decided.place = 1
left join found on test.test_id = found.test_id
where test.state <> 'draft' and ($everything or test.practice_id in (select unnest($practice_ids)))
order by test.practice_id nulls last, test.ends_on nulls last, test.test_id nulls last
