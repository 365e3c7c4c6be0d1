-- The assessments of an inquiry's course and year, with the spread of the whole score or of one standard's (points): as
-- the yardstick in use holds it, whether there is one, and today's over all students who sat them; and how many these
-- are, of how many teachers who have $least_each of them and more, and the most of one.
-- parameters: $inquiry_id, $team_ids, $standard_id, $least_each
-- columns: name, kind, taken_on, max_score, held_spread, is_held, spread, students, teachers, most_of_one
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
    select
        assessment_key,
        count(case when students >= $least_each then teacher_key end) as teachers,
        max(students) as most_of_one
    from of_teacher
    group by assessment_key
),

-- The latest of the course, else of one that contains it or is contained in it by grade, as in Seek.
yardstick as (
    select
        seek_yardstick.assessment_id,
        seek_yardstick.yardstick_id,
        row_number() over (
            partition by seek_yardstick.assessment_id
            order by
                case when seek_yardstick.grade is not distinct from course.grade then 0 else 1 end,
                seek_yardstick.number desc nulls last
        ) as place
    from seek_yardstick
    inner join course
        on seek_yardstick.subject = course.subject
        and seek_yardstick.school_year = course.school_year
        and (seek_yardstick.grade is null or course.grade is null or seek_yardstick.grade = course.grade)
),

held as (
    select
        yardstick.assessment_id,
        max(seek_yardstick_moment.sd_score) as spread
    from yardstick
    left join seek_yardstick_moment
        on yardstick.yardstick_id = seek_yardstick_moment.yardstick_id
        and seek_yardstick_moment.standard_id = coalesce(cast($standard_id as varchar), '')
    where yardstick.place = 1
    group by yardstick.assessment_id
)

select
    assessment.name,
    assessment.kind,
    assessment.taken_on,
    assessment.max_score,
    max(held.spread) as held_spread,
    count(held.assessment_id) > 0 as is_held,
    stddev_samp(score.points) as spread,
    count(score.student_key) as students,
    coalesce(max(taught.teachers), 0) as teachers,
    coalesce(max(taught.most_of_one), 0) as most_of_one
from assessment
inner join course
    on assessment.subject = course.subject
    and assessment.school_year = course.school_year
    and (course.grade is null or assessment.grade is null or assessment.grade = course.grade)
left join pooled_assessment on assessment.assessment_key = pooled_assessment.assessment_key
left join assessment as counted
    on coalesce(pooled_assessment.pooled_key, assessment.assessment_key) = counted.assessment_key
left join held on counted.assessment_id = held.assessment_id
left join score on assessment.assessment_key = score.assessment_key
left join taught on assessment.assessment_key = taught.assessment_key
group by assessment.name, assessment.kind, assessment.taken_on, assessment.max_score, assessment.assessment_key
order by assessment.taken_on nulls last, assessment.name nulls last
