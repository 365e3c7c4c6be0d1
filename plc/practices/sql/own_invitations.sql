-- The invitations waiting for a teacher, while the card is still open to her.
-- parameters: $teacher_id
-- columns: invitation_id, practice_id, title, origin_test_id, section_id, subject, school_year, invited_at
-- scope: self
select
    invitation.invitation_id,
    invitation.practice_id,
    words.title,
    invitation.origin_test_id,
    invitation.section_id,
    invitation.subject,
    invitation.school_year,
    invitation.invited_at
from practice_invitation as invitation
inner join visible_practice_wording as words on invitation.practice_id = words.practice_id
where
    invitation.teacher_id = $teacher_id
    and invitation.answer is null
order by invitation.invited_at nulls last, invitation.invitation_id nulls last
