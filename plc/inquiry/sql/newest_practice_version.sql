-- What a practice considered by the viewer's teams says now.
-- parameters: $team_ids, $practice_id
-- columns: practice_id, version, title, when_to_use, steps, core_parts, adaptable_parts, minutes, went_wrong, subject, grades, standards
-- scope: team
select
    practice_version.practice_id,
    practice_version.version,
    practice_version.title,
    practice_version.when_to_use,
    practice_version.steps,
    practice_version.core_parts,
    practice_version.adaptable_parts,
    practice_version.minutes,
    practice_version.went_wrong,
    practice_version.subject,
    practice_version.grades,
    practice_version.standards
from practice_version
where
    practice_version.practice_id = $practice_id
    and practice_version.practice_id in (
        select candidate_practice.practice_id
        from candidate_practice
        inner join inquiry on candidate_practice.inquiry_id = inquiry.inquiry_id
        where inquiry.team_id in (select unnest($team_ids))
    )
order by practice_version.version desc nulls last
limit 1
