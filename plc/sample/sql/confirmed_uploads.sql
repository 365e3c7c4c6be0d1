-- How many confirmed uploads are of the sample district, and how many are not.
-- parameters: none
-- columns: of_sample, of_others
-- scope: system
select
    coalesce(sum(case when uploaded_by = 'sample' then 1 else 0 end), 0) as of_sample,
    coalesce(sum(case when uploaded_by = 'sample' then 0 else 1 end), 0) as of_others
from upload
where state = 'confirmed'
