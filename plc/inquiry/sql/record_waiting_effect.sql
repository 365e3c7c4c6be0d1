-- Keep a measurement that too few teachers' classes tell apart from the one that is told.
-- parameters: $test_id, $measured_at, $data_version, $details
-- columns: none
-- scope: system
insert into test_effect_waiting (test_id, measured_at, data_version, details)
values ($test_id, $measured_at, $data_version, $details)
