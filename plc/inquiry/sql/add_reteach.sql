-- Plan to teach a standard again in one of the viewer's own classes.
-- parameters: $reteach_id, $inquiry_id, $team_id, $teacher_id, $section_id, $subject, $school_year, $assessment_name, $standard_id, $least_percent, $recheck_on, $at
-- columns: none
-- scope: self
insert into reteach (
    reteach_id, inquiry_id, team_id, teacher_id, section_id, subject, school_year, assessment_name, standard_id,
    least_percent, recheck_on, made_at
)
values (
    $reteach_id, $inquiry_id, $team_id, $teacher_id, $section_id, $subject, $school_year, $assessment_name,
    $standard_id, $least_percent, $recheck_on, $at
)
