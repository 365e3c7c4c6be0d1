-- Marks the draws of a test that no longer hold.
-- parameters: $test_id, $undone_at
-- columns: none
-- scope: system
update test_assignment set undone_at = $undone_at where test_id = $test_id and undone_at is null
