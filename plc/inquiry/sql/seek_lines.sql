-- Every line that teams of a set were ever shown of a course in one school year, with the classes in it: of all
-- teams, since what anybody was shown may be subtracted.
-- parameters: $line_team_ids, $subject, $school_year
-- columns: line_id, team_id, grade, assessment_id, generation, released_on, cells, section_id, figures
-- scope: system
select
    seek_line.line_id,
    seek_line.team_id,
    seek_line.grade,
    seek_line.assessment_id,
    seek_line.generation,
    seek_line.released_on,
    seek_line.cells,
    seek_line_class.section_id,
    seek_line_class.figures
from seek_line
inner join seek_line_class on seek_line.line_id = seek_line_class.line_id
where
    seek_line.subject = $subject
    and seek_line.school_year = $school_year
    and seek_line.team_id in (select unnest($line_team_ids))
order by seek_line.generation, seek_line.line_id, seek_line_class.section_id
