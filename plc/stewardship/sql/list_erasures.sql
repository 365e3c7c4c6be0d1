-- What was erased, when, by whom and why.
-- parameters: none
-- columns: erased_at, erased_by, reason, rows_erased, finished_at
-- scope: system
select erased_at, erased_by, reason, rows_erased, finished_at
from erasure
order by erased_at desc nulls last
