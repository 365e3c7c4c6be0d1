-- Schools of a bundle, those that only its sections name included.
-- parameters: none
-- columns: number, school_id, name, district_id
-- scope: system
with named as (
    select school_id, name, district_id from parsed_schools where line not in (select line from set_aside where table_name = 'schools')
    union all
    select school_id, null as name, null as district_id from parsed_sections where not bad and not blank
)
select
    row_number() over (order by school_id) as number, school_id, max(name) as name, max(district_id) as district_id
from named
where school_id is not null
group by school_id
