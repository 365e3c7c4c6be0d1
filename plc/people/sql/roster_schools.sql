-- Every school, to choose from.
-- parameters: none
-- columns: school_id, name
-- scope: system
select distinct school_id, coalesce(name, school_id) as name from school order by name nulls last, school_id nulls last
