-- Who teaches each of these classes of a subject and school year.
-- parameters: $subject, $school_year, $section_ids
-- columns: section_id, teacher_id
-- scope: system
select distinct section_id, teacher_id
from taught_class
where subject = $subject and school_year = $school_year and section_id in (select unnest($section_ids))
