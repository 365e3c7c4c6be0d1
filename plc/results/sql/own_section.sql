-- The sections that the uploader teaches by what is loaded; none for an upload that may say anything.
-- parameters: none
-- columns: section_key, subject, school_year
-- scope: system
select distinct s.section_key, s.subject, s.school_year
from uploader u
join teacher t on t.teacher_id = u.teacher_id
join section_teacher st on st.teacher_key = t.teacher_key
join section s on s.section_key = st.section_key
