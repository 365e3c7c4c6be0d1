-- End a priority of the viewer's schools, or the district's for who leads it.
-- parameters: $priority_id, $school_ids, $whole_district, $now
-- columns: priority_id
-- scope: school
-- duckdb only: returning
update priority set ended_at = $now
where
    priority_id = $priority_id
    and ended_at is null
    and (school_id in (select unnest($school_ids)) or $whole_district)
returning priority_id
