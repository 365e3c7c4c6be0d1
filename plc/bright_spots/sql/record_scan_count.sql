-- Keep who is in and who was left out.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_count (scan_key, subject, reason, students)
select $scan_key as scan_key, subject, reason, students
from supplied
