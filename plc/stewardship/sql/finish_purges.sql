-- Every purge so far is finished.
-- parameters: $finished_at
-- columns: none
-- scope: system
update purge set finished_at = $finished_at where finished_at is null
