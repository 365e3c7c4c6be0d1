-- When a figure was last drawn from an assessment for the first time; null before the first.
-- parameters: none
-- columns: told_at
-- scope: system
select max(told_at) as told_at
from test_effect_outcome
