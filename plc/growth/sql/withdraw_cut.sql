-- Ends the stated cut in force on a scale.
-- parameters: $subject, $grade, $assessment_name, $withdrawn_at
-- columns: none
-- scope: system
update level_cut set withdrawn_at = $withdrawn_at
where
    subject = $subject
    and grade = $grade
    and assessment_name = $assessment_name
    and withdrawn_at is null
