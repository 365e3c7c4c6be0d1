-- The authors' own words beside the evidence.
-- parameters: $practice_id
-- columns: version, words
-- scope: card
select note.version, note.words
from practice_note as note
inner join visible_practice as visible on note.practice_id = visible.practice_id
where note.practice_id = $practice_id
