-- The students a test asks for a starting point: each in each class of one school year in which she has any result.
-- A test only the team gave makes a student known here although it is no outcome of the scan.
-- parameters: $school_year
-- columns: student_key, section_key, period_key, outcomes, sum_y
-- scope: system
select place.student_key, place.place_key as section_key, place.period_key, place.outcomes, place.sum_y
from place
inner join scanned_section on place.place_key = scanned_section.section_key
where scanned_section.school_year = cast($school_year as integer)
