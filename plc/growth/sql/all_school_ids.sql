-- Every school of the district.
-- parameters: none
-- columns: school_id
-- scope: system
select distinct school_id from school order by school_id nulls last
