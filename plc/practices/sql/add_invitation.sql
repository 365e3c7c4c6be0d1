-- An invitation to test a practice, for one teacher and class.
-- parameters: $invitation_id, $practice_id, $origin_test_id, $invited_teacher_id, $section_id, $subject, $school_year, $invited_by, $invited_at
-- columns: none
-- scope: system
insert into practice_invitation (
    invitation_id, practice_id, origin_test_id, teacher_id, section_id, subject, school_year, invited_by,
    invited_at
)
values (
    $invitation_id, $practice_id, $origin_test_id, $invited_teacher_id, $section_id, $subject, $school_year,
    $invited_by, $invited_at
)
