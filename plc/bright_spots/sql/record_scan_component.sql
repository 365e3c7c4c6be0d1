-- Keep the variance components.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_component (scan_key, subject, component, component_value)
select $scan_key as scan_key, subject, component, "value"
from supplied
