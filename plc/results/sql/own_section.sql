-- The sections that the uploader teaches by what is loaded; none for an upload that may say anything.
-- parameters: none
-- columns: section_key, subject, school_year
-- scope: system
select distinct taught.section_key, taught.subject, taught.school_year
from uploader u
join taught_class taught on taught.teacher_id = u.teacher_id
