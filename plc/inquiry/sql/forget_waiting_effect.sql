-- Take away the measurement of a test that waits.
-- parameters: $test_id
-- columns: none
-- scope: system
delete from test_effect_waiting where test_id = $test_id
