-- Who teaches each of these classes of a subject and school year.
-- parameters: $subject, $school_year, $section_ids
-- columns: section_id, teacher_id
-- scope: system
select distinct section.section_id, teacher.teacher_id
from section
inner join section_teacher on section.section_key = section_teacher.section_key
inner join teacher on section_teacher.teacher_key = teacher.teacher_key
where
    section.subject = $subject
    and section.school_year = $school_year
    and section.section_id in (select unnest($section_ids))
