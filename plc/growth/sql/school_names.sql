-- What the schools are called.
-- parameters: none
-- columns: school_id, school_name
-- scope: system
select school_id, coalesce(name, school_id) as school_name
from school
order by school_id nulls last
