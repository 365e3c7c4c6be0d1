-- Whether an upload can no longer be undone as a whole, since when and why.
-- parameters: $upload_key
-- columns: ended_at, reason
-- scope: upload
select ended_at, reason
from undo_ended
where upload_key = $upload_key
