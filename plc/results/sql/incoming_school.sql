-- Schools of a results file.
-- parameters: none
-- columns: number, school_id, name, district_id
-- scope: system
select
    row_number() over (order by school_id) as number,
    school_id,
    min(school_name) as name,
    null::varchar as district_id
from placed_row
where problem is null and school_id is not null
group by school_id
