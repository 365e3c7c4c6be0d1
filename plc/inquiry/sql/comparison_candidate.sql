-- Classes of a course in the tables of a prepared subject: where their students started, as it was seen, and what
-- they reached up to a day (student SD). `taught` joins the ids of those who teach a class with ", ".
-- `looked_start` is the mean start as of the latest look at results that had the class.
-- parameters: $subject, $grades, $school_year, $starts_on
-- columns: section_id, school_id, grade, teacher_id, taught, students, sum_start, square_start, looked_start, seen, sum_x, sum_y, sum_xx, sum_xy
-- scope: system
-- duckdb only: unnest of a list parameter in a subquery
with reached as (
    select
        student_result.student_key,
        student_result.place_key as section_key,
        avg((student_result.z - scale_spread.mean_z) / scale_spread.sd_z) as y
    from student_result
    inner join scale on student_result.scale_key = scale.scale_key
    inner join scale_spread on scale.scale_key = scale_spread.scale_key
    where scale.is_outcome and scale.taken_on <= $starts_on and scale.school_year = $school_year
    group by student_result.student_key, student_result.place_key
),

class as (
    select
        effect_pupil.section_key,
        count(effect_pupil.start_y) as students,
        sum(effect_pupil.start_y) as sum_start,
        sum(effect_pupil.start_y * effect_pupil.start_y) as square_start,
        count(reached.y) as seen,
        sum(case when reached.y is not null then effect_pupil.x end) as sum_x,
        sum(reached.y) as sum_y,
        sum(case when reached.y is not null then effect_pupil.x * effect_pupil.x end) as sum_xx,
        sum(effect_pupil.x * reached.y) as sum_xy
    from effect_pupil
    left join reached
        on effect_pupil.student_key = reached.student_key and effect_pupil.section_key = reached.section_key
    group by effect_pupil.section_key
),

looked as (
    select section_id, max_by(section_mean, (scan_key, share, teacher_id)) as looked_start
    from scan_own_section
    where subject = $subject and school_year = $school_year and section_mean is not null
    group by section_id
),

teaching as (
    select
        section_teacher.section_key,
        max_by(teacher.teacher_id, section_teacher.share) as teacher_id,
        string_agg(teacher.teacher_id, ', ') as taught
    from section_teacher
    inner join teacher on section_teacher.teacher_key = teacher.teacher_key
    group by section_teacher.section_key
)

select
    section.section_id,
    school.school_id,
    section.grade,
    teaching.teacher_id,
    teaching.taught,
    class.students,
    class.sum_start,
    class.square_start,
    looked.looked_start,
    class.seen,
    class.sum_x,
    class.sum_y,
    class.sum_xx,
    class.sum_xy
from class
inner join section on class.section_key = section.section_key
inner join school on section.school_key = school.school_key
inner join teaching on class.section_key = teaching.section_key
left join looked on section.section_id = looked.section_id
where section.grade in (select unnest($grades)) and section.school_year = $school_year
order by section.section_id nulls last
