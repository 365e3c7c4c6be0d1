-- Forgets who left an agreement, when the made-up people leave.
-- parameters: none
-- columns: none
-- scope: system
delete from team_agreement_left
