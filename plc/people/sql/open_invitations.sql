-- Invitations that can still be claimed.
-- parameters: $now
-- columns: account_invitation_id, address, role, school_id, team_id, invited_at, expires_at, code_sha256
-- scope: system
select account_invitation_id, address, role, school_id, team_id, invited_at, expires_at, code_sha256
from account_invitation
where claimed_at is null and withdrawn_at is null and expires_at > $now
order by address nulls last, account_invitation_id nulls last
