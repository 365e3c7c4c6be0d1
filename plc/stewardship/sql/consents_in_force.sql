-- The consents that nobody took back.
-- parameters: none
-- columns: consent_id
-- scope: system
select consent_id
from consent
where withdrawn_on is null
