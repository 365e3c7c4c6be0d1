-- A colleague who said yes; her results stay closed until she opens them.
-- parameters: $team_agreement_id, $teacher_id
-- columns: none
-- scope: agreement
insert into team_agreement_member (team_agreement_id, teacher_id) values ($team_agreement_id, $teacher_id)
