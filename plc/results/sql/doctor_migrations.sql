-- Numbers of the migrations that have run.
-- parameters: none
-- columns: number
-- scope: system
select number from schema_migration order by number nulls last
