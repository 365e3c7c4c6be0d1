-- Whether this seat or account dismissed the tour.
-- parameters: $signature
-- columns: dismissed_by
-- scope: system
select dismissed_by
from tour_dismissed
where dismissed_by = $signature
