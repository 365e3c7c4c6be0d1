-- Students whose section of an earlier year shared a teacher with this one, with that year.
-- parameters: none
-- columns: student_key, section_key, earlier_period
-- scope: system
with section_pair as (
    select distinct current_teacher.section_key, earlier_teacher.section_key as earlier_section
    from section_teacher as current_teacher
    inner join section_teacher as earlier_teacher on current_teacher.teacher_key = earlier_teacher.teacher_key
    inner join scanned_section as current_section on current_teacher.section_key = current_section.section_key
    inner join scanned_section as earlier_section on earlier_teacher.section_key = earlier_section.section_key
    where
        current_section.in_scope
        and earlier_section.subject_key = current_section.subject_key
        and earlier_section.school_year < current_section.school_year
),

attended as (
    select student_key, section_key from enrollment
    union
    select student_key, place_key as section_key from place where place_key > 0
)

select distinct place.student_key, place.place_key as section_key, scanned_section.period_key as earlier_period
from place
inner join section_pair on place.place_key = section_pair.section_key
inner join attended
    on place.student_key = attended.student_key and section_pair.earlier_section = attended.section_key
inner join scanned_section on attended.section_key = scanned_section.section_key
where place.outcomes > 0
