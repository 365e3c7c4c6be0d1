-- The practices an inquiry can test: its candidates, in the latest words the viewer may read. A plan may name no version
-- before `first_version` either.
-- parameters: $inquiry_id, $team_ids
-- columns: practice_id, first_version, version, title, core_parts, adaptable_parts, minutes, also_typical
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    latest.practice_id,
    visible.first_version,
    latest.version,
    latest.title,
    latest.core_parts,
    latest.adaptable_parts,
    latest.minutes,
    candidate.also_typical
from candidate_practice as candidate
inner join inquiry on candidate.inquiry_id = inquiry.inquiry_id
inner join visible_practice as visible on candidate.practice_id = visible.practice_id
inner join
    practice_version as latest
    on visible.practice_id = latest.practice_id and visible.version = latest.version
where
    candidate.inquiry_id = $inquiry_id
    and candidate.removed_at is null
    and inquiry.team_id in (select unnest($team_ids))
order by latest.title nulls last, latest.practice_id nulls last
