-- What a practice considered by the viewer's teams says now.
-- parameters: $team_ids, $practice_id
-- columns: practice_id, version, title, when_to_use, steps, core_parts, adaptable_parts, minutes, went_wrong, subject, grades, standards
-- scope: team
select
    newest.practice_id,
    newest.version,
    newest.title,
    newest.when_to_use,
    newest.steps,
    newest.core_parts,
    newest.adaptable_parts,
    newest.minutes,
    newest.went_wrong,
    newest.subject,
    newest.grades,
    newest.standards
from newest_wording as newest
where
    newest.practice_id = $practice_id
    and newest.practice_id in (
        select candidate_practice.practice_id
        from candidate_practice
        inner join inquiry on candidate_practice.inquiry_id = inquiry.inquiry_id
        where inquiry.team_id in (select unnest($team_ids))
    )
