-- The key of the latest upload that results came with, 0 before any.
-- parameters: none
-- columns: upload_key
-- scope: system
select coalesce(max(upload_key), 0) as upload_key
from result_version
