-- Empty `team_support`, when a made-up district is taken back.
-- parameters: none
-- columns: none
-- scope: system
delete from team_support
