-- Every table of figures that a scan made.
-- parameters: none
-- columns: table_name
-- scope: system
-- duckdb only: the catalogue
select table_name
from duckdb_tables()
where not internal and not temporary and (table_name = 'scan' or starts_with(table_name, 'scan_'))
order by table_name nulls last
