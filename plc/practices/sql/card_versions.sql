-- The versions of a card that the viewer may read, newest first: all for its authors.
-- parameters: $practice_id
-- columns: version, title, when_to_use, steps, core_parts, adaptable_parts, minutes, went_wrong, subject, grades, standards, made_by, made_at
-- scope: card
select
    words.version,
    words.title,
    words.when_to_use,
    words.steps,
    words.core_parts,
    words.adaptable_parts,
    words.minutes,
    words.went_wrong,
    words.subject,
    words.grades,
    words.standards,
    words.made_by,
    words.made_at
from practice_version as words
inner join visible_practice as visible on words.practice_id = visible.practice_id
where
    words.practice_id = $practice_id
    and words.version between visible.first_version and visible.version
order by words.version desc nulls last
