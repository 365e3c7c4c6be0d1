-- What else a test watches.
-- parameters: $test_id
-- columns: balancing_kind, balancing_target
-- scope: system
select distinct balancing_kind, balancing_target
from balancing_measure
where test_id = $test_id
order by balancing_kind, balancing_target
