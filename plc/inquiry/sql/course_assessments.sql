-- The assessments of an inquiry's course and year, with the spread of the whole score or of one standard's
-- over all students who sat them (points), how many they are, of how many teachers, and the most of one.
-- parameters: $inquiry_id, $team_ids, $standard_id
-- columns: name, kind, taken_on, max_score, spread, students, teachers, most_of_one
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
with course as (
    select subject, grade, school_year
    from inquiry
    where inquiry_id = $inquiry_id and team_id in (select unnest($team_ids))
),

score as (
    select result.assessment_key, result.student_key, sum(result.score) as points
    from result
    inner join assessment on result.assessment_key = assessment.assessment_key
    inner join course on assessment.subject = course.subject and assessment.school_year = course.school_year
    left join standard on result.standard_key = standard.standard_key
    where
        result.status = 'scored'
        and result.attempt = 1
        and (cast($standard_id as varchar) is null or standard.standard_id = cast($standard_id as varchar))
        and (
            cast($standard_id as varchar) is not null
            or result.standard_key = 0
            or not exists (
                select 1
                from result as whole
                where whole.assessment_key = result.assessment_key and whole.standard_key = 0
            )
        )
    group by result.assessment_key, result.student_key
),

of_teacher as (
    select result.assessment_key, section_teacher.teacher_key, count(distinct result.student_key) as students
    from result
    inner join score
        on result.assessment_key = score.assessment_key and result.student_key = score.student_key
    inner join section_teacher on result.section_key = section_teacher.section_key
    group by result.assessment_key, section_teacher.teacher_key
),

taught as (
    select assessment_key, count(teacher_key) as teachers, max(students) as most_of_one
    from of_teacher
    group by assessment_key
)

select
    assessment.name,
    assessment.kind,
    assessment.taken_on,
    assessment.max_score,
    stddev_samp(score.points) as spread,
    count(score.student_key) as students,
    coalesce(max(taught.teachers), 0) as teachers,
    coalesce(max(taught.most_of_one), 0) as most_of_one
from assessment
inner join course
    on assessment.subject = course.subject
    and assessment.school_year = course.school_year
    and (course.grade is null or assessment.grade is null or assessment.grade = course.grade)
left join score on assessment.assessment_key = score.assessment_key
left join taught on assessment.assessment_key = taught.assessment_key
group by assessment.name, assessment.kind, assessment.taken_on, assessment.max_score, assessment.assessment_key
order by assessment.taken_on nulls last, assessment.name nulls last
