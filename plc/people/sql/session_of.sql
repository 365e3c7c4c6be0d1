-- One sign-in of an account.
-- parameters: $account_id, $signed_in_at
-- columns: seen_at, ended_at
-- scope: system
select max(seen_at) as seen_at, max(ended_at) as ended_at
from account_session
where account_id = $account_id and signed_in_at = $signed_in_at
having count(*) > 0
