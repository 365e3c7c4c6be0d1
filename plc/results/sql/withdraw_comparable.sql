-- Take back a signature that two versions are comparable; that it was given stays on record.
-- parameters: $subject, $version_name, $withdrawn_by, $withdrawn_at
-- columns: none
-- scope: system
update comparability
set withdrawn_by = $withdrawn_by, withdrawn_at = $withdrawn_at
where subject = $subject and version_name = $version_name and withdrawn_at is null
