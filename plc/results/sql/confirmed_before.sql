-- Confirmed uploads of the very same bytes.
-- parameters: $sha256
-- columns: upload_id
-- scope: system
select upload_id
from upload
where sha256 = $sha256 and state = 'confirmed'
