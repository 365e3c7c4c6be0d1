-- Empty `visit_proposal`, when a made-up district is taken back.
-- parameters: none
-- columns: none
-- scope: system
delete from visit_proposal
