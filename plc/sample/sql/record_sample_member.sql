-- A made-up colleague who said yes, and when she opened her classes to the team, if she did.
-- parameters: $team_agreement_id, $teacher_id, $opened_on
-- columns: none
-- scope: system
insert into team_agreement_member (team_agreement_id, teacher_id, opened_on)
values ($team_agreement_id, $teacher_id, $opened_on)
