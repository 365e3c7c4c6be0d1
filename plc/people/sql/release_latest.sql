-- The latest release of a kind.
-- parameters: $kind
-- columns: release_id, generation, period, released_at, data_version, context
-- scope: system
select release_id, generation, period, released_at, data_version, context
from figure_release
where kind = $kind
order by generation desc nulls last
limit 1
