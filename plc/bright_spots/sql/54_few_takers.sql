-- Score scales too few teachers' classes took to be compared over the district: fewer than $minimum teachers
-- of the classes' strata (subject, year and grade), or not all of them where a stratum has fewer. Results are
-- centred among those who sat a test, so a test of one class or track says nothing of how it stands to others.
-- Takers of a test that names no class count with the classes of the subject they attend in any year.
-- parameters: $minimum
-- columns: scale_key
-- scope: system
with seen as (
    select scale_key, place_key from student_result group by scale_key, place_key
),

classless as (
    select scale_key from seen group by scale_key having max(place_key) < 0
),

taker as (
    select scale_key, place_key as section_key from seen where place_key > 0
    union
    select student_result.scale_key, attended.section_key
    from student_result
    inner join classless on student_result.scale_key = classless.scale_key
    inner join scale on student_result.scale_key = scale.scale_key
    inner join attended
        on
            student_result.student_key = attended.student_key
            and scale.period_key // 10000 = attended.period_key // 10000
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

scale_size as (
    select taker.scale_key, count(distinct taught.teacher_key) as teachers
    from taker
    inner join taught on taker.section_key = taught.section_key
    group by taker.scale_key
)

select stratum_size.scale_key
from stratum_size
inner join scale_size on stratum_size.scale_key = scale_size.scale_key
where scale_size.teachers < least(cast($minimum as integer), stratum_size.teachers)
