-- Which classes ever stood in which team's line of a course in one school year.
-- parameters: $subject, $school_year
-- columns: team_id, section_id
-- scope: system
select distinct seek_line.team_id, seek_line_class.section_id
from seek_line
inner join seek_line_class on seek_line.line_id = seek_line_class.line_id
where seek_line.subject = $subject and seek_line.school_year = $school_year
