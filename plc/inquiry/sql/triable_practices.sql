-- The practices an inquiry can test: its candidates, in their latest wording.
-- parameters: $inquiry_id, $team_ids
-- columns: practice_id, version, title, core_parts, adaptable_parts, minutes, also_typical
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    latest.practice_id,
    latest.version,
    latest.title,
    latest.core_parts,
    latest.adaptable_parts,
    latest.minutes,
    candidate.also_typical
from candidate_practice as candidate
inner join inquiry on candidate.inquiry_id = inquiry.inquiry_id
inner join practice_version as latest on candidate.practice_id = latest.practice_id
where
    candidate.inquiry_id = $inquiry_id
    and candidate.removed_at is null
    and inquiry.team_id in (select unnest($team_ids))
    and latest.version = (
        select max(any_version.version) from practice_version as any_version
        where any_version.practice_id = candidate.practice_id
    )
order by latest.title nulls last, latest.practice_id nulls last
