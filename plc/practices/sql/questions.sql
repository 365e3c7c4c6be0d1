-- What was asked about a card: everything for its authors (with who asked), the viewer's own, and the answers for
-- everyone who may open the card. The words of a question may name whom it was put to: others read the answer alone.
-- parameters: $practice_id, $signature
-- columns: question_id, question_kind, words, asked_by, asker_name, asked_at, answer, answered_at, is_author
-- scope: card
select
    question.question_id,
    question.question_kind,
    case when visible.is_author or question.asked_by = $signature then question.words end as words,
    case when visible.is_author or question.asked_by = $signature then question.asked_by end as asked_by,
    case when visible.is_author then teacher.name end as asker_name,
    question.asked_at,
    question.answer,
    question.answered_at,
    visible.is_author
from practice_question as question
inner join visible_practice as visible on question.practice_id = visible.practice_id
left join teacher on question.asked_by_teacher_id = teacher.teacher_id
where
    question.practice_id = $practice_id
    and (visible.is_author or question.asked_by = $signature or question.answered_at is not null)
order by question.asked_at nulls last, question.question_id nulls last
