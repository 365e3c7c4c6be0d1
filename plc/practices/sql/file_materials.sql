-- Ids of the files that cards hold.
-- parameters: none
-- columns: material_id
-- scope: system
select material_id from practice_material where material_kind = 'file' and removed_at is null
