-- What the latest scan says of a subject's variances.
-- parameters: $subject
-- columns: scan_key, component, component_value
-- scope: system
select scan_key, component, component_value
from scan_component
where scan_key = (select max(scan_key) from scan) and subject = $subject
