-- Step 2: the yardstick of each scale (subject, grade, assessment name): the stated cut, or else the
-- score below which the relative share of the district's students fell in the first year that enough people
-- stand behind. A scale of too few students or teachers and no stated cut is left out. The district's own cut
-- and the spread stay as they were shown (`shown_cut`) until so many scores are others that it `is_renewed`: from two
-- cuts around one class its results could be told. `is_enough`: whether so many stand behind the scale.
-- parameters: $relative_share, $fewest_students, $minimum_students, $minimum_teachers, $least_each
-- columns: subject, grade, assessment_name, first_school_year, students, spread, cut_score, stated, source, is_enough, upload_key
-- scope: system
create or replace temp table scale as
with scale_year as (
    select
        row_number() over (order by taken.subject, taken.grade, taken.assessment_name, taken.school_year)
            as scale_year_key,
        taken.subject,
        taken.grade,
        taken.assessment_name,
        taken.school_year,
        shown_cut.cut_score as shown_score,
        shown_cut.spread as shown_spread,
        shown_cut.upload_key as shown_upload_key,
        coalesce(shown_cut.is_renewed, true) as is_renewed
    from (
        select distinct subject, grade, assessment_name, school_year from assessment_score where grade is not null
    ) as taken
    left join shown_cut
        on shown_cut.subject = taken.subject
        and shown_cut.grade = taken.grade
        and shown_cut.assessment_name = taken.assessment_name
        and shown_cut.school_year = taken.school_year
),
placed as (
    select
        scale_year.scale_year_key,
        assessment_score.student_key,
        assessment_score.score,
        cume_dist() over (partition by scale_year.scale_year_key order by assessment_score.score) as at_or_below
    from assessment_score
    join scale_year
        on scale_year.subject = assessment_score.subject
        and scale_year.grade = assessment_score.grade
        and scale_year.assessment_name = assessment_score.assessment_name
        and scale_year.school_year = assessment_score.school_year
),
moments as (
    select
        scale_year_key,
        count(distinct student_key) as students,
        stddev_samp(score) as spread,
        min(case when at_or_below >= $relative_share then score end) as relative_cut
    from placed
    group by scale_year_key
),
of_teacher as (
    select
        placed.scale_year_key,
        section_teacher.teacher_key,
        count(distinct placed.student_key) as students
    from placed
    join scale_year on scale_year.scale_year_key = placed.scale_year_key
    join enrollment on enrollment.student_key = placed.student_key
    join section
        on section.section_key = enrollment.section_key
        and section.subject = scale_year.subject
        and section.school_year = scale_year.school_year
    join section_teacher on section_teacher.section_key = section.section_key
    group by placed.scale_year_key, section_teacher.teacher_key
),
known as (
    select
        scale_year_key,
        count(case when students >= $least_each then teacher_key end) as teachers,
        max(students) as most_of_one
    from of_teacher
    group by scale_year_key
),
judged as (
    select
        scale_year.subject,
        scale_year.grade,
        scale_year.assessment_name,
        scale_year.school_year,
        moments.students,
        moments.spread,
        moments.relative_cut,
        scale_year.shown_score,
        scale_year.shown_spread,
        scale_year.shown_upload_key,
        moments.students >= $fewest_students
        and moments.students - coalesce(known.most_of_one, 0) >= $minimum_students
        and coalesce(known.teachers, 0) - 1 >= $minimum_teachers as is_enough,
        scale_year.is_renewed
    from scale_year
    join moments on moments.scale_year_key = scale_year.scale_year_key
    left join known on known.scale_year_key = scale_year.scale_year_key
),
yardstick as (
    select
        judged.subject,
        judged.grade,
        judged.assessment_name,
        judged.school_year as first_school_year,
        judged.students,
        case when not judged.is_renewed then coalesce(judged.shown_spread, judged.spread) else judged.spread end
            as spread,
        coalesce(
            level_cut.cut_score,
            case when not judged.is_renewed then judged.shown_score end,
            judged.relative_cut
        ) as cut_score,
        level_cut.cut_score is not null as stated,
        coalesce(level_cut.source, '') as source,
        judged.is_enough,
        case when judged.is_renewed then (select max(upload_key) from result_version) else judged.shown_upload_key end
            as upload_key,
        row_number() over (
            partition by judged.subject, judged.grade, judged.assessment_name
            order by judged.is_enough desc, judged.school_year
        ) as nth_year
    from judged
    left join level_cut
        on level_cut.subject = judged.subject
        and level_cut.grade = judged.grade
        and level_cut.assessment_name = judged.assessment_name
        and level_cut.withdrawn_at is null
    where judged.spread > 0 and (level_cut.cut_score is not null or judged.is_enough)
)
select
    subject,
    grade,
    assessment_name,
    first_school_year,
    students,
    spread,
    cut_score,
    stated,
    source,
    is_enough,
    upload_key
from yardstick
where nth_year = 1
