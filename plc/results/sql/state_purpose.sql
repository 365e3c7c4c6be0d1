-- Record what a measure is for, in place of what was said before.
-- parameters: $subject, $name, $purpose, $tells, $cannot_tell, $given_when, $scale, $stated_by, $stated_at
-- columns: none
-- scope: system
-- duckdb only: insert or replace
insert or replace into measure_purpose
values ($subject, $name, $purpose, $tells, $cannot_tell, $given_when, $scale, $stated_by, $stated_at)
