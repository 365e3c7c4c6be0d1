-- Empty `meeting_preparation`, when a made-up district is taken back.
-- parameters: none
-- columns: none
-- scope: system
delete from meeting_preparation
