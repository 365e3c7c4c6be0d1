-- Students whose section of an earlier year shared a teacher with this one, with that year.
-- parameters: none
-- columns: student_key, section_key, earlier_period
-- scope: system
with section_pair as (
    select distinct
        current_teacher.section_key,
        earlier_teacher.section_key as earlier_section,
        earlier_section.period_key as earlier_period
    from section_teacher as current_teacher
    inner join section_teacher as earlier_teacher on current_teacher.teacher_key = earlier_teacher.teacher_key
    inner join scanned_section as current_section on current_teacher.section_key = current_section.section_key
    inner join scanned_section as earlier_section on earlier_teacher.section_key = earlier_section.section_key
    where
        current_section.in_scope
        and earlier_section.subject_key = current_section.subject_key
        and earlier_section.school_year < current_section.school_year
),

-- Enrolled in a section, or with a result there.
seen as (
    select student_key, section_key, period_key from attended
    union all
    select student_key, place_key as section_key, period_key from place where place_key > 0
),

-- Only students seen in more than one year can have come back to a teacher.
met_again as (
    select student_key from seen group by student_key having min(period_key) < max(period_key)
),

pupil as (
    select place.student_key, place.place_key
    from place
    inner join met_again on place.student_key = met_again.student_key
    where place.outcomes > 0 and place.place_key > 0
)

select distinct pupil.student_key, pupil.place_key as section_key, section_pair.earlier_period
from pupil
inner join seen on pupil.student_key = seen.student_key
inner join section_pair
    on pupil.place_key = section_pair.section_key and seen.section_key = section_pair.earlier_section
