-- Take away what classes had when the measurement that waits was made.
-- parameters: $test_id
-- columns: none
-- scope: system
delete from test_effect_class where test_id = $test_id and generation = 0
