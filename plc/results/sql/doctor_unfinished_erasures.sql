-- Erasures and purges of which something may still be elsewhere.
-- parameters: none
-- columns: unfinished
-- scope: system
select
    (select count(*) from erasure where finished_at is null)
    + (select count(*) from purge where finished_at is null) as unfinished
