-- The scan before this one, if it left the states of classes.
-- parameters: $scan_key
-- columns: scan_key
-- scope: system
select scan_key
from scan
where scan_key < $scan_key and exists (select 1 from scan_class_state)
order by scan_key desc nulls last
limit 1
