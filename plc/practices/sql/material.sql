-- One file that the viewer may have.
-- parameters: $material_id
-- columns: practice_id, file_name, media_type, sha256
-- scope: card
select material.practice_id, material.file_name, material.media_type, material.sha256
from practice_material as material
inner join visible_practice as visible on material.practice_id = visible.practice_id
where
    material.material_id = $material_id
    and material.material_kind = 'file'
    and material.removed_at is null
    and (
        visible.is_author
        or visible.of_team
        or (material.shared and (visible.in_reach or not visible.in_work))
    )
