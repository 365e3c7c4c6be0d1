-- How many rows of this upload earlier uploads already brought, by upload.
-- parameters: none
-- columns: upload_key, repeated_rows
-- scope: system
select held_by as upload_key, count(*) as repeated_rows
from merged_result
where not fresh and not changed
group by held_by
order by held_by
