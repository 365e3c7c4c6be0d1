-- The account of one identity, if there is one.
-- parameters: $issuer, $subject_id
-- columns: account_id, teacher_id, looks_as, removed_at
-- scope: system
select account_id, teacher_id, looks_as, removed_at
from account
where issuer = $issuer and subject_id = $subject_id
