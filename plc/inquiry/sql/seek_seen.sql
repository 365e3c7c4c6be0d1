-- Whose class was ever drawn for whom, of these classes: what a reader knows beside a line.
-- parameters: $subject, $school_year, $section_ids
-- columns: teacher_id, section_id
-- scope: system
select distinct teacher_id, section_id
from seek_class_seen
where
    subject = $subject
    and school_year = $school_year
    and section_id in (select unnest($section_ids))
