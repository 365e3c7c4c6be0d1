-- Empty `leader_decision`, when a made-up district is taken back.
-- parameters: none
-- columns: none
-- scope: system
delete from leader_decision
