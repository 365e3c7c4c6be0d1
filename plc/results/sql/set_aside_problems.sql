-- Set aside the rows that could not be placed, and the duplicates and conflicts within the file.
-- parameters: none
-- columns: none
-- scope: system
insert into set_aside
select 'results_file', line, 'rejected' from placed_row where problem is not null
union all
select 'results_file', line, case when verdict = 'conflict' then 'rejected' else 'duplicate' end
from repeated_row
where verdict <> 'kept'
