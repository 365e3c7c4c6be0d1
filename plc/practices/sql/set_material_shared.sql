-- Whether a material goes along with the card.
-- parameters: $material_id, $shared
-- columns: material_id
-- scope: card
update practice_material
set shared = $shared
where
    material_id = $material_id
    and practice_id in (select visible.practice_id from visible_practice as visible where visible.is_author)
returning material_id
