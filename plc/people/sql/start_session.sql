-- Notes a new sign-in.
-- parameters: $account_id, $signed_in_at, $seen_at
-- columns: none
-- scope: system
insert into account_session (account_id, signed_in_at, seen_at)
values ($account_id, $signed_in_at, $seen_at)
