-- Each student's share of time in the sections of each subject and year.
-- parameters: none
-- columns: student_key, section_key, period_key, share
-- scope: system
select enrollment.student_key, enrollment.section_key, scanned_section.period_key, enrollment.share
from enrollment
inner join scanned_section on enrollment.section_key = scanned_section.section_key
where enrollment.share > 0
