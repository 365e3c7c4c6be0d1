-- Say of an upload that it is the sample district, from which every seat may be tried.
-- parameters: $upload_id
-- columns: none
-- scope: system
update upload set uploaded_by = 'sample' where upload_id = $upload_id
