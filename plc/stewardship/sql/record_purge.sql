-- Say that a school year was purged.
-- parameters: $school_year, $purged_at, $purged_by, $rows_purged
-- columns: none
-- scope: system
insert into purge (school_year, purged_at, purged_by, rows_purged, finished_at)
values ($school_year, $purged_at, $purged_by, $rows_purged, null)
