-- The slopes of each section's grade, as the scan used them.
-- parameters: none
-- columns: section_key, b1, b2, b3, b4
-- scope: system
select section_key, b1, b2, b3, b4
from slope
order by section_key
