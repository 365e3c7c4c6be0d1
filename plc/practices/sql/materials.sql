-- The files and links of a card that the viewer may have: all for its authors and their team, else those
-- shared with the card. A team that only tests it keeps the steps and no file.
-- parameters: $practice_id
-- columns: material_id, material_kind, title, url, file_name, media_type, byte_count, shared, added_at
-- scope: card
select
    material.material_id,
    material.material_kind,
    material.title,
    material.url,
    material.file_name,
    material.media_type,
    material.byte_count,
    material.shared,
    material.added_at
from practice_material as material
inner join visible_practice as visible on material.practice_id = visible.practice_id
where
    material.practice_id = $practice_id
    and material.removed_at is null
    and (
        visible.is_author
        or visible.of_team
        or (material.shared and (visible.in_reach or not visible.in_work))
    )
order by material.added_at nulls last, material.material_id nulls last
