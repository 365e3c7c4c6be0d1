-- The counts of an upload.
-- parameters: $upload_key, $read, $accepted, $duplicate, $superseded, $rejected
-- columns: none
-- scope: system
update upload
set
    rows_read = $read,
    rows_accepted = $accepted,
    rows_duplicate = $duplicate,
    rows_superseded = $superseded,
    rows_rejected = $rejected
where upload_key = $upload_key
