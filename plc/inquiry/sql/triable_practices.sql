-- The practices an inquiry can test: its candidates, in the latest words the viewer may read. A plan may name no version
-- before `first_version` either.
-- parameters: $inquiry_id, $team_ids
-- columns: practice_id, first_version, version, title, core_parts, adaptable_parts, minutes, also_typical
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    words.practice_id,
    words.first_version,
    words.version,
    words.title,
    words.core_parts,
    words.adaptable_parts,
    words.minutes,
    candidate.also_typical
from candidate_practice as candidate
inner join inquiry on candidate.inquiry_id = inquiry.inquiry_id
inner join visible_practice_wording as words on candidate.practice_id = words.practice_id
where
    candidate.inquiry_id = $inquiry_id
    and candidate.removed_at is null
    and inquiry.team_id in (select unnest($team_ids))
order by words.title nulls last, words.practice_id nulls last
