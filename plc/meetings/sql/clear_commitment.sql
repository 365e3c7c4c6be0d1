-- Empty `commitment`, when a made-up district is taken back.
-- parameters: none
-- columns: none
-- scope: system
delete from commitment
