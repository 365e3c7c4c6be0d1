-- Confirmed uploads that brought the sample district.
-- parameters: none
-- columns: upload_id
-- scope: system
select upload_id from upload where state = 'confirmed' and uploaded_by = 'sample' order by upload_key nulls last
