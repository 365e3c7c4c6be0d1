-- Each student of the viewer's own reteach group: her first check and, matched by student, the re-check. Without
-- a named re-check the first later assessment of the course that reports the standard is one. A student who
-- moved away or was absent has no re-check.
-- parameters: $teacher_id, $reteach_id
-- columns: student_key, pseudonym, first_percent, recheck_percent, recheck_name, rechecked_on
-- scope: self
with plan as (
    select *
    from reteach
    where reteach_id = $reteach_id and teacher_id = $teacher_id
),

shown as (
    select
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
    group by result.student_key, assessment.name, assessment.taken_on
),

first_check as (
    select shown.student_key, max(shown.percent) as percent, max(shown.taken_on) as taken_on
    from shown
    inner join plan on shown.name = plan.assessment_name
    group by shown.student_key
),

began as (
    select max(first_check.taken_on) as taken_on from first_check
),

recheck as (
    select min_by(shown.name, shown.taken_on) as name
    from shown
    cross join plan
    cross join began
    where
        shown.taken_on > began.taken_on
        and shown.name <> plan.assessment_name
        and (plan.recheck_name is null or shown.name = plan.recheck_name)
),

again as (
    select shown.student_key, shown.percent, shown.name, shown.taken_on
    from shown
    inner join recheck on shown.name = recheck.name
)

select
    reteach_student.student_key,
    student.pseudonym,
    first_check.percent as first_percent,
    again.percent as recheck_percent,
    again.name as recheck_name,
    again.taken_on as rechecked_on
from plan
inner join reteach_student on plan.reteach_id = reteach_student.reteach_id
inner join student on reteach_student.student_key = student.student_key
left join first_check on reteach_student.student_key = first_check.student_key
left join again on reteach_student.student_key = again.student_key
order by reteach_student.student_key
