-- What reteaching of one inquiry moved, by standard over the team: students matched and moved, of the viewer's
-- own classes and of the others, and the other teachers behind them. No class and no student comes out.
-- parameters: $team_ids, $inquiry_id, $teacher_id
-- columns: standard_id, students, moved, own_students, own_moved, other_teachers
-- scope: team
with plan as (
    select reteach.*
    from reteach
    inner join inquiry on reteach.inquiry_id = inquiry.inquiry_id
    where
        reteach.inquiry_id = $inquiry_id
        and inquiry.team_id in (select unnest($team_ids))
        and reteach.ended_at is null
),

shown as (
    select
        plan.reteach_id,
        result.student_key,
        assessment.name,
        assessment.taken_on,
        min_by(100 * result.score / nullif(assessment.max_score, 0), result.attempt) as percent
    from plan
    inner join reteach_student on plan.reteach_id = reteach_student.reteach_id
    inner join result on reteach_student.student_key = result.student_key
    inner join assessment
        on
            result.assessment_key = assessment.assessment_key
            and plan.subject = assessment.subject
            and plan.school_year = assessment.school_year
    inner join standard on result.standard_key = standard.standard_key and plan.standard_id = standard.standard_id
    where result.score is not null
    group by plan.reteach_id, result.student_key, assessment.name, assessment.taken_on
),

began as (
    select shown.reteach_id, max(shown.taken_on) as taken_on
    from shown
    inner join plan on shown.reteach_id = plan.reteach_id and shown.name = plan.assessment_name
    group by shown.reteach_id
),

recheck as (
    select shown.reteach_id, min_by(shown.name, shown.taken_on) as name
    from shown
    inner join plan on shown.reteach_id = plan.reteach_id
    inner join began on shown.reteach_id = began.reteach_id
    where
        shown.taken_on > began.taken_on
        and shown.name <> plan.assessment_name
        and (plan.recheck_name is null or shown.name = plan.recheck_name)
    group by shown.reteach_id
),

again as (
    select
        plan.standard_id,
        plan.teacher_id,
        shown.student_key,
        shown.percent >= plan.least_percent as has_moved,
        plan.teacher_id is not distinct from $teacher_id as is_own
    from shown
    inner join recheck on shown.reteach_id = recheck.reteach_id and shown.name = recheck.name
    inner join plan on shown.reteach_id = plan.reteach_id
)

select
    standard_id,
    count(*) as students,
    count(*) filter (where has_moved) as moved,
    count(*) filter (where is_own) as own_students,
    count(*) filter (where is_own and has_moved) as own_moved,
    count(distinct teacher_id) filter (where not is_own) as other_teachers
from again
group by standard_id
order by standard_id nulls last
