-- The students a scan asks for a starting point: each in each section in which she has outcomes.
-- parameters: none
-- columns: student_key, section_key, period_key, outcomes, sum_y
-- scope: system
select place.student_key, place.place_key as section_key, place.period_key, place.outcomes, place.sum_y
from place
inner join scanned_section on place.place_key = scanned_section.section_key
where scanned_section.in_scope and place.outcomes > 0
