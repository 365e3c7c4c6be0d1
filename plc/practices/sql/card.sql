-- A card's latest words that the viewer may read.
-- parameters: $practice_id
-- columns: practice_id, version, title, when_to_use, steps, core_parts, adaptable_parts, minutes, went_wrong, subject, grades, standards, made_at, team_id, team_name, owner_teacher_id, origin_practice_id, withdrawn_at, reach, is_author, in_reach, of_team, in_work, first_made_at
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
    practice.team_id,
    team.team_name,
    practice.owner_teacher_id,
    practice.origin_practice_id,
    practice.withdrawn_at,
    words.reach,
    words.is_author,
    words.in_reach,
    words.of_team,
    words.in_work,
    practice.made_at as first_made_at
from visible_practice_wording as words
inner join practice on words.practice_id = practice.practice_id
left join team on practice.team_id = team.team_id
where words.practice_id = $practice_id
