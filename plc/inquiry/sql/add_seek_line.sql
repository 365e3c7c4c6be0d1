-- Freezes one assessment of a team's line.
-- parameters: $line_id, $team_id, $team_ids, $subject, $grade, $school_year, $assessment_id, $generation, $released_on, $cells
-- columns: none
-- scope: team
insert into seek_line (
    line_id, team_id, subject, grade, school_year, assessment_id, generation, released_on, cells
)
select $line_id, $team_id, $subject, $grade, $school_year, $assessment_id, $generation, $released_on, $cells
where $team_id in (select unnest($team_ids))
