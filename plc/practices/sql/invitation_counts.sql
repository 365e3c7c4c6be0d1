-- How many classes were invited to test a card the viewer may open, and how many of them began.
-- parameters: $practice_id
-- columns: invited, began
-- scope: card
select count(*) as invited, count(invitation.test_id) as began
from practice_invitation as invitation
inner join visible_practice as visible on invitation.practice_id = visible.practice_id
where invitation.practice_id = $practice_id
