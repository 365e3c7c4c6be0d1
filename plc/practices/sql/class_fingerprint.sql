-- Every class of the latest school year with where its students started: the mean of their standing on the
-- year's starting-point check, in student SD of all who took it; with $by_look as of the latest look at results that
-- had the class. For matching; no figure of it is shown.
-- parameters: $subject, $grade, $by_look
-- columns: section_id, teacher_id, school_id, subject, grade, school_year, starting_level, students
-- scope: system
with latest as (
    select max(school_year) as school_year from section
),

standing as (
    select
        result.student_key,
        assessment.subject,
        (result.score - avg(result.score) over (partition by result.assessment_key))
        / nullif(stddev_samp(result.score) over (partition by result.assessment_key), 0) as standing
    from result
    inner join assessment on result.assessment_key = assessment.assessment_key
    inner join latest on assessment.school_year = latest.school_year
    where
        assessment.kind = 'baseline'
        and assessment.subject = $subject
        and result.standard_key = 0
        and result.score is not null
),

started as (
    select enrollment.section_key, avg(standing.standing) as starting_level, count(*) as students
    from enrollment
    inner join section on enrollment.section_key = section.section_key
    inner join latest on section.school_year = latest.school_year
    inner join
        standing
        on enrollment.student_key = standing.student_key and section.subject = standing.subject
    where section.subject = $subject
    group by enrollment.section_key
),

looked as (
    select
        scan_own_section.section_id,
        max_by(
            scan_own_section.section_mean,
            (scan_own_section.scan_key, scan_own_section.share, scan_own_section.teacher_id)
        ) as starting_level
    from scan_own_section
    inner join latest on scan_own_section.school_year = latest.school_year
    where scan_own_section.subject = $subject and scan_own_section.section_mean is not null
    group by scan_own_section.section_id
)

select
    section.section_id,
    teacher.teacher_id,
    school.school_id,
    section.subject,
    section.grade,
    section.school_year,
    case when $by_look then looked.starting_level else started.starting_level end as starting_level,
    started.students
from section
inner join latest on section.school_year = latest.school_year
inner join section_teacher on section.section_key = section_teacher.section_key
inner join teacher on section_teacher.teacher_key = teacher.teacher_key
inner join school on section.school_key = school.school_key
left join started on section.section_key = started.section_key
left join looked on section.section_id = looked.section_id
where section.subject = $subject and section.grade = $grade
