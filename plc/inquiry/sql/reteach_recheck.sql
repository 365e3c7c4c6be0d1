-- Each student of one reteach group of the viewer's own, or of the groups an inquiry of her teams made and did not
-- put away: her first check and, matched by student, the re-check. Without a named re-check the first later
-- assessment of the course that reports the standard is one. A student who moved away or was absent has no re-check:
-- what a student shows in somebody else's class is not hers to read.
-- parameters: $reteach_id, $teacher_id, $inquiry_id, $team_ids
-- columns: reteach_id, teacher_id, standard_id, least_percent, student_key, first_percent, recheck_percent, recheck_name, rechecked_on
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
with plan as (
    select reteach.*
    from reteach
    left join inquiry on reteach.inquiry_id = inquiry.inquiry_id
    where
        (reteach.reteach_id = $reteach_id and reteach.teacher_id = $teacher_id)
        or (
            inquiry.inquiry_id = $inquiry_id
            and inquiry.team_id in (select unnest($team_ids))
            and reteach.ended_at is null
        )
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
    where
        result.score is not null
        and result.section_key in (
            select taught_class.section_key from taught_class where taught_class.teacher_id = plan.teacher_id
        )
    group by plan.reteach_id, result.student_key, assessment.name, assessment.taken_on
),

first_check as (
    select
        shown.reteach_id, shown.student_key, max(shown.percent) as percent, max(shown.taken_on) as taken_on
    from shown
    inner join plan on shown.reteach_id = plan.reteach_id and shown.name = plan.assessment_name
    group by shown.reteach_id, shown.student_key
),

began as (
    select reteach_id, max(taken_on) as taken_on
    from first_check
    group by reteach_id
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
    select shown.reteach_id, shown.student_key, shown.percent, shown.name, shown.taken_on
    from shown
    inner join recheck on shown.reteach_id = recheck.reteach_id and shown.name = recheck.name
)

select
    plan.reteach_id,
    plan.teacher_id,
    plan.standard_id,
    plan.least_percent,
    reteach_student.student_key,
    first_check.percent as first_percent,
    again.percent as recheck_percent,
    again.name as recheck_name,
    again.taken_on as rechecked_on
from plan
inner join reteach_student on plan.reteach_id = reteach_student.reteach_id
left join first_check
    on
        reteach_student.reteach_id = first_check.reteach_id
        and reteach_student.student_key = first_check.student_key
left join again
    on reteach_student.reteach_id = again.reteach_id and reteach_student.student_key = again.student_key
