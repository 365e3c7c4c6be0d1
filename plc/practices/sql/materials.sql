-- The files and links that the viewer may have, of a card or one alone: all for its authors and their team, else those
-- shared with the card. A team that only tests it keeps the steps and no file. A PDF or a film can carry its author's
-- name inside and goes beyond her team only while every author shows hers.
-- parameters: $practice_id, $material_id
-- columns: practice_id, material_id, material_kind, title, url, file_name, media_type, byte_count, sha256, shared, added_at, is_author
-- scope: card
select
    material.practice_id,
    material.material_id,
    material.material_kind,
    material.title,
    material.url,
    material.file_name,
    material.media_type,
    material.byte_count,
    material.sha256,
    material.shared,
    material.added_at,
    visible.is_author
from practice_material as material
inner join visible_practice as visible on material.practice_id = visible.practice_id
where
    ($practice_id is null or material.practice_id = $practice_id)
    and ($material_id is null or material.material_id = $material_id)
    and material.removed_at is null
    and (
        visible.is_author
        or visible.of_team
        or (
            material.shared
            and (visible.in_reach or not visible.in_work)
            and (
                material.media_type is null
                or material.media_type not in ('application/pdf', 'video/mp4')
                or material.practice_id in (select signed_card.practice_id from signed_card)
            )
        )
    )
order by material.added_at nulls last, material.material_id nulls last
