-- Says which teacher of the roster an account is; null takes it back.
-- parameters: $account_id, $teacher_id
-- columns: account_id
-- scope: self
update account set teacher_id = $teacher_id
where account_id = $account_id and removed_at is null
returning account_id
