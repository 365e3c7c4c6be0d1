-- Versions of a test that someone signed to be comparable, and has not withdrawn.
-- parameters: none
-- columns: subject, version_name, main_name, reason, signed_by, signed_at
-- scope: system
select subject, version_name, main_name, reason, signed_by, signed_at
from comparability
where withdrawn_at is null
order by subject, main_name, version_name
