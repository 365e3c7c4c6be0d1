-- Uploads that brought or replaced rows of these students, or of that school year, can no longer be undone.
-- parameters: $ended_at, $reason
-- columns: none
-- scope: system
insert into undo_ended (upload_key, ended_at, reason)
select distinct touched_upload.upload_key, $ended_at, $reason
from touched_upload
left join undo_ended as known on touched_upload.upload_key = known.upload_key
where known.upload_key is null
