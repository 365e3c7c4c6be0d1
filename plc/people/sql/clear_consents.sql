-- Forgets every consent, when the made-up people who gave them leave.
-- parameters: none
-- columns: none
-- scope: system
delete from consent
