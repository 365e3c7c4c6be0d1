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
inner join newest_wording as latest on candidate.practice_id = latest.practice_id
where
    candidate.inquiry_id = $inquiry_id
    and candidate.removed_at is null
    and inquiry.team_id in (select unnest($team_ids))
order by latest.title nulls last, latest.practice_id nulls last
