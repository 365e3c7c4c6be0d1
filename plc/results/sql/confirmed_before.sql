-- Confirmed uploads of the very same bytes, of this person's own where she is named.
-- parameters: $sha256, $uploaded_by
-- columns: upload_id
-- scope: system
select upload_id
from upload
where sha256 = $sha256 and state = 'confirmed' and uploaded_by = coalesce($uploaded_by, uploaded_by)
