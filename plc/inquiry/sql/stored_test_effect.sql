-- What was last measured of a test; whoever asks is checked against its team first.
-- parameters: $test_id
-- columns: details, measured_at
-- scope: system
select details, measured_at
from test_effect
where test_id = $test_id
