-- Something else that must not get worse during a test.
-- parameters: $test_id, $balancing_kind, $balancing_target
-- columns: none
-- scope: system
insert into balancing_measure (test_id, balancing_kind, balancing_target)
values ($test_id, $balancing_kind, $balancing_target)
