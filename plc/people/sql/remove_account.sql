-- Removes an account: it opens nothing from the next request on.
-- parameters: $account_id, $removed_at
-- columns: account_id
-- scope: system
update account set
    removed_at = $removed_at,
    teacher_id = null,
    looks_as = null
where account_id = $account_id and removed_at is null
returning account_id
