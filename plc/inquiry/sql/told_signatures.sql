-- What each class had when a figure of its test was told or, as generation 0, measured and not told; whoever asks
-- is checked first.
-- parameters: $test_ids
-- columns: test_id, section_id, part, signature, generation
-- scope: system
-- duckdb only: unnest of a list parameter in a subquery
select test_id, section_id, part, signature, generation
from test_effect_class
where test_id in (select unnest($test_ids))
order by test_id, section_id, part, generation
