-- A file or link of a card.
-- parameters: $material_id, $practice_id, $material_kind, $title, $url, $file_name, $media_type, $byte_count, $sha256, $shared, $added_by, $added_at
-- columns: material_id
-- scope: card
insert into practice_material (
    material_id, practice_id, material_kind, title, url, file_name, media_type, byte_count, sha256, shared,
    added_by, added_at
)
select
    $material_id, visible.practice_id, $material_kind, $title, $url, $file_name, $media_type, $byte_count,
    $sha256, $shared, $added_by, $added_at
from visible_practice as visible
where visible.practice_id = $practice_id
returning material_id
