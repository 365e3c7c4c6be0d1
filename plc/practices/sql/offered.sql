-- What can be asked for: the subjects, grades and standards of the cards the viewer may open.
-- parameters: none
-- columns: subject, grades, standards
-- scope: card
select distinct words.subject, words.grades, words.standards
from practice_version as words
inner join
    visible_practice as visible
    on words.practice_id = visible.practice_id and words.version = visible.version
inner join practice on words.practice_id = practice.practice_id
where
    practice.withdrawn_at is null
