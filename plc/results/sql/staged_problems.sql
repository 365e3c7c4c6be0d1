-- Problems of a staged upload, those of one text in one column together, the most rows first. An empty cell is
-- one problem per column, except an empty student id, which is another student in every row.
-- parameters: $path, $same_mistake, $warnings, $listed
-- columns: table_name, column_name, header, code, value, line, rows, row_numbers
-- scope: system
-- duckdb only: read_parquet and list aggregates
with problem as (
    select
        table_name,
        coalesce(column_name, '') as column_name,
        header,
        code,
        value,
        row_number,
        line,
        case
            when list_contains($same_mistake, code) and value is not null then null
            when code = 'missing' and value is null and column_name <> 'student_id' then null
            else line
        end as own_line
    from read_parquet($path)
    where not list_contains($warnings, code)
)
select
    table_name,
    column_name,
    min(header) as header,
    code,
    value,
    own_line as line,
    count(distinct line) as rows,
    list_sort(list_distinct(list(row_number)))[1:5] as row_numbers
from problem
group by table_name, column_name, code, value, own_line
order by rows desc, min(line), column_name, code
limit $listed
