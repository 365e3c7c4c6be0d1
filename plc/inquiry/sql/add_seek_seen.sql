-- Notes that classes opened to the viewer were drawn for her.
-- parameters: $teacher_id, $section_ids, $subject, $school_year, $today
-- columns: none
-- scope: self
insert into seek_class_seen (teacher_id, section_id, subject, school_year, seen_on)
select $teacher_id, unnest($section_ids), $subject, $school_year, $today
