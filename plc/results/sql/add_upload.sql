-- Record an upload that waits for confirmation.
-- parameters: $upload_id, $file_name, $sha256, $format, $read, $accepted, $duplicate, $superseded, $rejected, $uploaded_by, $staged_at
-- columns: none
-- scope: system
insert into upload
select
    (select coalesce(max(upload_key), 0) + 1 from upload),
    $upload_id,
    $file_name,
    $sha256,
    $format,
    'staged',
    $read,
    $accepted,
    $duplicate,
    $superseded,
    $rejected,
    $uploaded_by,
    $staged_at,
    null,
    null
