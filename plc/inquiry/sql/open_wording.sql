-- What a practice considered by the viewer's teams says, in the latest words she may read.
-- parameters: $team_ids, $practice_id
-- columns: practice_id, version, title, when_to_use, steps, core_parts, adaptable_parts, minutes, went_wrong, subject, grades, standards
-- scope: team
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
    words.standards
from visible_practice_wording as words
where
    words.practice_id = $practice_id
    and words.practice_id in (
        select candidate_practice.practice_id
        from candidate_practice
        inner join inquiry on candidate_practice.inquiry_id = inquiry.inquiry_id
        where inquiry.team_id in (select unnest($team_ids))
    )
