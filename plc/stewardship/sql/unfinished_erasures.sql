-- Erasures and purges whose copies and derived figures are still to go.
-- parameters: none
-- columns: begun_at
-- scope: system
select erased_at as begun_at from erasure where finished_at is null
union all
select purged_at as begun_at from purge where finished_at is null
order by begun_at nulls last
