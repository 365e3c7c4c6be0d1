-- Score scales too few teachers' classes took to be compared over the district: fewer than $minimum teachers
-- of the classes' strata (subject, year and grade), or not all of them where a stratum has fewer. Results are
-- centred among those who sat a test, so a test of one class or track says nothing of how it stands to others.
-- A scale that is one or two classes and a child here and there is those classes: where the strata have $least teachers
-- or more, teachers must have brought $least times $least_each students, of none more than $least_each counted and
-- half of a class as so many. Of all students $least_students are left without the teacher of most, and
-- $least_beside without the two of most. There a class of several teachers is of one: who has fewest to teach with.
-- Takers of a test that names no class count with the classes of the subject they attended in the year nearest to it.
-- parameters: $minimum, $least, $least_each, $least_students, $least_beside
-- columns: scale_key
-- scope: system
with seen as (
    select scale_key, place_key, count(*) as students from student_result group by scale_key, place_key
),

classless as (
    select scale_key from seen group by scale_key having max(place_key) < 0
),

attending as (
    select
        student_result.scale_key,
        attended.section_key,
        rank() over (
            partition by student_result.scale_key, student_result.student_key
            order by abs(attended.period_key - scale.period_key)
        ) as place
    from student_result
    inner join classless on student_result.scale_key = classless.scale_key
    inner join scale on student_result.scale_key = scale.scale_key
    inner join attended
        on
            student_result.student_key = attended.student_key
            and scale.period_key // 10000 = attended.period_key // 10000
),

taker as (
    select scale_key, place_key as section_key, students from seen where place_key > 0
    union all
    select scale_key, section_key, count(*) as students
    from attending
    where place = 1
    group by scale_key, section_key
),

taught as (
    select distinct scanned_section.section_key, scanned_section.period_key, scanned_section.grade, section_teacher.teacher_key
    from scanned_section
    inner join (select distinct section_key from taker) as taking on scanned_section.section_key = taking.section_key
    inner join section_teacher on scanned_section.section_key = section_teacher.section_key
    where section_teacher.share > 0
),

stratum_teacher as (
    select distinct period_key, grade, teacher_key from taught
),

taker_stratum as (
    select distinct taker.scale_key, scanned_section.period_key, scanned_section.grade
    from taker
    inner join scanned_section on taker.section_key = scanned_section.section_key
),

stratum_size as (
    select taker_stratum.scale_key, count(distinct stratum_teacher.teacher_key) as teachers
    from taker_stratum
    inner join stratum_teacher
        on
            taker_stratum.period_key = stratum_teacher.period_key
            and taker_stratum.grade is not distinct from stratum_teacher.grade
    group by taker_stratum.scale_key
),

enrolled as (
    select section_key, count(distinct student_key) as students from attended group by section_key
),

-- A class of four counts as one of five once two of it have come.
brought as (
    select
        taker.scale_key,
        taught.teacher_key,
        least(
            sum(case when 2 * taker.students >= enrolled.students then greatest(taker.students, $least_each) else taker.students end),
            $least_each
        ) as students
    from taker
    inner join taught on taker.section_key = taught.section_key
    left join enrolled on taker.section_key = enrolled.section_key
    group by taker.scale_key, taught.teacher_key
),

scale_size as (
    select scale_key, count(*) as teachers, sum(students) as students from brought group by scale_key
),

taught_beside as (
    select mine.teacher_key, count(distinct theirs.teacher_key) as teachers
    from taught as mine
    inner join taught as theirs on mine.section_key = theirs.section_key
    group by mine.teacher_key
),

one_teacher as (
    select section_key, teacher_key
    from (
        select
            taught.section_key,
            taught.teacher_key,
            row_number() over (partition by taught.section_key order by taught_beside.teachers, taught.teacher_key) as place
        from taught
        inner join taught_beside on taught.teacher_key = taught_beside.teacher_key
    ) as placed
    where place = 1
),

of_teacher as (
    select
        taker.scale_key,
        sum(taker.students) as students,
        row_number() over (partition by taker.scale_key order by sum(taker.students) desc) as place
    from taker
    inner join one_teacher on taker.section_key = one_teacher.section_key
    group by taker.scale_key, one_teacher.teacher_key
),

left_beside as (
    select
        scale_key,
        sum(case when place > 1 then students else 0 end) as beside_one,
        sum(case when place > 2 then students else 0 end) as beside_two
    from of_teacher
    group by scale_key
)

select stratum_size.scale_key
from stratum_size
inner join scale_size on stratum_size.scale_key = scale_size.scale_key
left join left_beside on stratum_size.scale_key = left_beside.scale_key
where
    scale_size.teachers < least(cast($minimum as integer), stratum_size.teachers)
    or (
        stratum_size.teachers >= cast($least as integer)
        and (
            scale_size.students < $least * $least_each
            or coalesce(left_beside.beside_one, 0) < $least_students
            or coalesce(left_beside.beside_two, 0) < $least_beside
        )
    )
