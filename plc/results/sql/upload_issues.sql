-- What was said about uploads, in the order it was said; about one of them when its key is given.
-- parameters: $upload_key
-- columns: upload_key, file_name, row_number, column_name, code, message
-- scope: system
-- duckdb only: rowid keeps the order
select upload_key, file_name, row_number, column_name, code, message
from upload_issue
where $upload_key is null or upload_key = $upload_key
order by upload_key, rowid
