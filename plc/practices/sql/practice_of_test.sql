-- The practice of a test.
-- parameters: $test_id
-- columns: practice_id
-- scope: system
select practice_id from practice_test where test_id = $test_id
