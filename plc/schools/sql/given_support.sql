-- What the viewer gave or offered to teams of her schools, the latest first, with their answers.
-- parameters: $school_ids, $whole_district, $limit
-- columns: support_id, team_id, team_name, support_kind, words, for_on, given_role, given_on, answer, answered_on
-- scope: school
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
    and ($whole_district or team.school_id in (select unnest($school_ids)))
order by support.given_at desc, support.support_id
limit $limit
