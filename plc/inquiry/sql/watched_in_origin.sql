-- What a test that is cloned watched besides.
-- parameters: $test_id
-- columns: balancing_kind, balancing_target
-- scope: system
select balancing_kind, balancing_target
from balancing_measure
where test_id = $test_id
order by balancing_kind nulls last, balancing_target nulls last
