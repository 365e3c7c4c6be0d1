-- The authors' first words beside the evidence.
-- parameters: $practice_id, $words, $written_by, $written_at
-- columns: version
-- scope: card
insert into practice_note (practice_id, version, words, written_by, written_at)
select visible.practice_id, 1, $words, $written_by, $written_at
from visible_practice as visible
where
    visible.practice_id = $practice_id
    and visible.is_author
    and not exists (select 1 from practice_note as note where note.practice_id = $practice_id)
returning version
