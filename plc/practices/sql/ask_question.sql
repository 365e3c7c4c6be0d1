-- A question, or a wish to visit or to be watched, to the authors of a card the viewer may open.
-- parameters: $question_id, $practice_id, $question_kind, $words, $signature, $asker_id, $asked_at
-- columns: question_id
-- scope: card
insert into practice_question (
    question_id, practice_id, question_kind, words, asked_by, asked_by_teacher_id, asked_at
)
select $question_id, visible.practice_id, $question_kind, $words, $signature, $asker_id, $asked_at
from visible_practice as visible
where visible.practice_id = $practice_id
returning question_id
