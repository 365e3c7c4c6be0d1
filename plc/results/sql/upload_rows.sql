-- Uploads, the latest first; one of them when its id is given.
-- parameters: $upload_id
-- columns: upload_key, upload_id, file_name, sha256, format, state, rows_read, rows_accepted, rows_duplicate, rows_superseded, rows_rejected, staged_at, confirmed_at, undone_at, uploaded_by
-- scope: system
select
    upload_key,
    upload_id,
    file_name,
    sha256,
    format,
    state,
    rows_read,
    rows_accepted,
    rows_duplicate,
    rows_superseded,
    rows_rejected,
    staged_at,
    confirmed_at,
    undone_at,
    uploaded_by
from upload
where $upload_id is null or upload_id = $upload_id
order by upload_key desc
