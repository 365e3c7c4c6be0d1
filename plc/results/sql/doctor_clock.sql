-- How many of the latest things done lie after now.
-- parameters: $now
-- columns: ahead
-- scope: system
select count(*) as ahead
from (
    select max(staged_at) as done_at from upload
    union all
    select max(finished_at) as done_at from scan
    union all
    select max(released_at) as done_at from figure_release
    union all
    select max(applied_at) as done_at from schema_migration
) as latest
where done_at > $now
