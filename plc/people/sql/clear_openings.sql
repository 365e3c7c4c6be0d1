-- Forgets whom made-up people opened their results to, when the made-up people leave.
-- parameters: none
-- columns: none
-- scope: system
delete from team_agreement_opening
