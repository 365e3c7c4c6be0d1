-- What can be asked for: the subjects, grades and standards of the cards the viewer may open.
-- parameters: none
-- columns: subject, grades, standards
-- scope: card
select distinct words.subject, words.grades, words.standards
from visible_practice_wording as words
inner join practice on words.practice_id = practice.practice_id
where
    practice.withdrawn_at is null
