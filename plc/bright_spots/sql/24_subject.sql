-- The subjects scanned, by the number that stands for each.
-- parameters: none
-- columns: subject_key, subject
-- scope: system
select distinct scanned_section.subject_key, section.subject
from scanned_section
inner join section on scanned_section.section_key = section.section_key
order by scanned_section.subject_key
