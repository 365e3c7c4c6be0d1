-- Uploads checked but neither confirmed nor discarded before a moment.
-- parameters: $before
-- columns: found
-- scope: system
select count(*) as found from upload where state = 'staged' and staged_at < $before
