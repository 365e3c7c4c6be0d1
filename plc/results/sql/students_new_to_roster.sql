-- How many students of this file no roster has named, where a roster is loaded.
-- parameters: none
-- columns: students
-- scope: system
select count(*) as students
from keyed_student k
where
    k.fresh
    and exists (
        select 1
        from enrollment_version v
        join upload u on u.upload_key = v.upload_key
        where v.superseded_by is null and starts_with(u.format, 'bundle')
    )
