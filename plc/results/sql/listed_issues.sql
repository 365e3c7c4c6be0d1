-- The first rows of every problem, then one row without a number that carries the total.
-- parameters: $listed
-- columns: file_name, row_number, column_name, code, total
-- scope: system
with numbered as (
    select
        file_name,
        row_number,
        column_name,
        code,
        row_number() over (partition by file_name, column_name, code order by row_number) as place,
        count(*) over (partition by file_name, column_name, code) as total
    from found_issue
)
select file_name, case when place <= $listed then row_number end as row_number, column_name, code, total
from numbered
where place <= $listed + 1
order by file_name, code, column_name, place
