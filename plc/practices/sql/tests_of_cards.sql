-- Every test of cards the viewer may open, running ones and measured ones that were withdrawn too; `released` says
-- whether its team shows the school and month, `own` whether it is a test of a team of the viewer;
-- `teachers_behind` counts those who tried the practice in any measured test and brought results.
-- parameters: $practice_ids, $team_ids
-- columns: practice_id, test_id, own, released, is_origin, state, design, subject, grade, starts_on, ends_on, predicted_sd, adaptation, schools, teachers_behind, verdict, effect, lower_bound, upper_bound, students, practice_sections, comparison_sections, low_starters_effect, balancing_harm, baseline_verdict, attrition_verdict, place, decision, predicted_late, ended_early
-- scope: card
-- duckdb only: unnest of a list parameter
with tried as (
    select
        member.test_id,
        string_agg(
            distinct coalesce(school.name, member.school_id), ' and '
            order by coalesce(school.name, member.school_id) nulls last
        ) as schools
    from test_section as member
    inner join practice_test as test on member.test_id = test.test_id
    left join school on member.school_id = school.school_id
    where member.arm = 'practice' and test.practice_id in (select unnest($practice_ids))
    group by member.test_id
),

behind as (
    select test.practice_id, count(distinct member.teacher_id) as teachers
    from brought_class as member
    inner join practice_test as test on member.test_id = test.test_id
    inner join test_effect as effect on test.test_id = effect.test_id
    where member.practice and test.practice_id in (select unnest($practice_ids))
    group by test.practice_id
),

latest_decision as (
    select
        decided.test_id,
        decided.decision,
        decided.decided_on,
        row_number() over (partition by decided.test_id order by decided.decided_at desc nulls last) as place
    from test_decision as decided
    inner join practice_test as test on decided.test_id = test.test_id
    where test.practice_id in (select unnest($practice_ids))
)

select
    test.practice_id,
    test.test_id,
    test.team_id in (select unnest($team_ids)) as own,
    exists (
        select 1 from practice_test_release as open_release
        where open_release.test_id = test.test_id and open_release.taken_back_at is null
    ) as released,
    test.origin_test_id is null as is_origin,
    test.state,
    test.design,
    test.subject,
    test.grade,
    test.starts_on,
    test.ends_on,
    test.predicted_sd,
    test.adaptation,
    tried.schools,
    coalesce(behind.teachers, 0) as teachers_behind,
    effect.verdict,
    effect.effect,
    effect.lower_bound,
    effect.upper_bound,
    effect.students,
    effect.practice_sections,
    effect.comparison_sections,
    effect.low_starters_effect,
    effect.balancing_harm,
    effect.baseline_verdict,
    effect.attrition_verdict,
    beside.place,
    latest_decision.decision,
    coalesce(effect.predicted_late, false) as predicted_late,
    test.state = 'withdrawn'
    or (test.state = 'decided' and coalesce(latest_decision.decided_on < test.ends_on, false)) as ended_early
from practice_test as test
inner join visible_practice as visible on test.practice_id = visible.practice_id
left join behind on test.practice_id = behind.practice_id
left join tried on test.test_id = tried.test_id
left join test_effect as effect on test.test_id = effect.test_id
left join practice_evidence_test as beside on test.test_id = beside.test_id
left join latest_decision on test.test_id = latest_decision.test_id and latest_decision.place = 1
where
    test.practice_id in (select unnest($practice_ids))
    and (test.state in ('planned', 'decided') or (test.state = 'withdrawn' and effect.verdict = 'measured'))
order by test.starts_on nulls last, test.test_id nulls last
