-- How often a practice's effect was measured in tests other than this one, in any team: a count of tests.
-- parameters: $practice_id, $test_id
-- columns: replications
-- scope: system
select count(*) as replications
from test_effect
where practice_id = $practice_id and test_id <> $test_id and verdict = 'measured'
