-- Which of her roles an account looks with.
-- parameters: $account_id, $looks_as
-- columns: none
-- scope: system
update account set looks_as = $looks_as where account_id = $account_id
