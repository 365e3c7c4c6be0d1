-- Takes every balancing measure off a test.
-- parameters: $test_id
-- columns: none
-- scope: system
delete from balancing_measure where test_id = $test_id
