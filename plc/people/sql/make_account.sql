-- A new account.
-- parameters: $account_id, $issuer, $subject_id, $address, $made_at
-- columns: none
-- scope: system
insert into account (account_id, issuer, subject_id, address, made_at)
values ($account_id, $issuer, $subject_id, $address, $made_at)
