-- Files that came through the inbox, the latest first, with the counts of their uploads.
-- parameters: $listed
-- columns: file_name, taken_at, outcome, words, upload_id, rows_read, rows_accepted, rows_duplicate, rows_rejected
-- scope: system
-- duckdb only: rowid keeps the order within a second
select
    e.file_name,
    e.taken_at,
    e.outcome,
    e.words,
    e.upload_id,
    u.rows_read,
    u.rows_accepted,
    u.rows_duplicate,
    u.rows_rejected
from inbox_entry e
left join upload u on u.upload_id = e.upload_id
order by e.taken_at desc, e.rowid desc
limit $listed
