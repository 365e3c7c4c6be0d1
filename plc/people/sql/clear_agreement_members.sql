-- Forgets the members of every agreement, when the made-up people who gave them leave.
-- parameters: none
-- columns: none
-- scope: system
delete from team_agreement_member
