-- Takes a material off a card.
-- parameters: $material_id, $removed_at
-- columns: material_kind
-- scope: card
update practice_material
set removed_at = $removed_at
where
    material_id = $material_id
    and removed_at is null
    and practice_id in (select visible.practice_id from visible_practice as visible where visible.is_author)
returning material_kind
