-- The authors' words beside the evidence, if the version their editor saw is still the latest.
-- parameters: $practice_id, $seen_version, $words, $written_by, $written_at
-- columns: version
-- scope: card
update practice_note
set version = version + 1, words = $words, written_by = $written_by, written_at = $written_at
where
    practice_id = $practice_id
    and version = $seen_version
    and practice_id in (select visible.practice_id from visible_practice as visible where visible.is_author)
returning version
