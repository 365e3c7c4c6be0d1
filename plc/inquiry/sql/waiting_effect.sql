-- A measurement that waits beside the one that is told, with the day of that one; whoever asks is checked first.
-- parameters: $test_id
-- columns: details, told_on
-- scope: system
select waiting.details, cast(effect.measured_at as date) as told_on
from test_effect_waiting as waiting
inner join test_effect as effect on waiting.test_id = effect.test_id
where waiting.test_id = $test_id
