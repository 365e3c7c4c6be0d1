-- Someone who was removed and invited again: her old link to a teacher does not come back.
-- parameters: $account_id, $address
-- columns: none
-- scope: system
update account set
    removed_at = null,
    address = $address,
    teacher_id = null,
    looks_as = null
where account_id = $account_id
