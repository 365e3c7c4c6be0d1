-- Forgets the members of every team, when the made-up people in them leave.
-- parameters: none
-- columns: none
-- scope: system
delete from team_member
