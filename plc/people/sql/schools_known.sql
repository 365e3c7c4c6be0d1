-- Those of the given schools that the roster holds.
-- parameters: $school_ids
-- columns: school_id
-- scope: school
-- duckdb only: unnest of a list parameter in a subquery
select distinct school_id from school where school_id in (select unnest($school_ids))
