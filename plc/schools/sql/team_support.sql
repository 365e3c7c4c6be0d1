-- What was given or offered to the viewer's teams, the latest first.
-- parameters: $team_ids, $since
-- columns: support_id, team_id, team_name, support_kind, words, for_on, given_role, given_on, answer, answered_on
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    support.support_id,
    support.team_id,
    team.team_name,
    support.support_kind,
    support.words,
    support.for_on,
    support.given_role,
    support.given_on,
    support.answer,
    support.answered_on
from team_support as support
inner join team on support.team_id = team.team_id
where
    support.taken_back_at is null
    and support.team_id in (select unnest($team_ids))
    and (support.for_on >= $since or support.answer is null)
order by support.given_at desc, support.support_id
