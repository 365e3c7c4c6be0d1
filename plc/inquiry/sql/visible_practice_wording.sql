-- Each card of `visible_practice` in the latest words its reader may read.
-- parameters: none
-- columns: practice_id, version, title, when_to_use, steps, core_parts, adaptable_parts, minutes, went_wrong, subject, grades, standards, made_at, first_version, reach, is_author, in_reach, of_team, in_work
-- scope: card
select
    words.practice_id,
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
    words.made_at,
    visible.first_version,
    visible.reach,
    visible.is_author,
    visible.in_reach,
    visible.of_team,
    visible.in_work
from visible_practice as visible
inner join
    practice_version as words
    on visible.practice_id = words.practice_id and visible.version = words.version
