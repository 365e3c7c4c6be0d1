-- An author's answer.
-- parameters: $question_id, $answer, $answered_by, $answered_at
-- columns: question_id
-- scope: card
update practice_question
set answer = $answer, answered_by = $answered_by, answered_at = $answered_at
where
    question_id = $question_id
    and practice_id in (select visible.practice_id from visible_practice as visible where visible.is_author)
returning question_id
