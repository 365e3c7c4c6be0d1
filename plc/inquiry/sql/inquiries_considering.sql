-- Open inquiries of the viewer's teams that consider one of some practices, the latest changed first.
-- parameters: $team_ids, $practice_ids
-- columns: inquiry_id
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select inquiry.inquiry_id
from inquiry
where
    inquiry.team_id in (select unnest($team_ids))
    and inquiry.state = 'open'
    and exists (
        select candidate.practice_id
        from candidate_practice as candidate
        where
            candidate.inquiry_id = inquiry.inquiry_id
            and candidate.removed_at is null
            and candidate.practice_id in (select unnest($practice_ids))
    )
order by inquiry.changed_at desc nulls last, inquiry.inquiry_id nulls last
