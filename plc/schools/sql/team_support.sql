-- What was given or offered to the viewer's teams, the latest first.
-- parameters: $team_ids, $since
-- columns: support_id, team_id, team_name, support_kind, words, for_on, given_role, given_on, answer, answered_on
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select support.* exclude (given_at, school_id)
from standing_support as support
where
    support.team_id in (select unnest($team_ids))
    and (support.for_on >= $since or support.answer is null)
order by support.given_at desc, support.support_id
