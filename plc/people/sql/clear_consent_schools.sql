-- Forgets the schools of every consent, when the made-up people leave.
-- parameters: none
-- columns: none
-- scope: system
delete from consent_school
