-- The scan before this one that left the states of classes, and when it was finished.
-- parameters: $scan_key
-- columns: scan_key, finished_at
-- scope: system
select scan_key, finished_at
from scan
where scan_key < $scan_key and exists (select 1 from scan_class_state)
order by scan_key desc nulls last
limit 1
