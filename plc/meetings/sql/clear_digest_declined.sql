-- Empty `digest_declined`, when a made-up district is taken back.
-- parameters: none
-- columns: none
-- scope: system
delete from digest_declined
