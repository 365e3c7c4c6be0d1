-- What the viewer gave or offered to teams of her schools, the latest first, with their answers.
-- parameters: $school_ids, $whole_district, $limit
-- columns: support_id, team_id, team_name, support_kind, words, for_on, given_role, given_on, answer, answered_on
-- scope: school
-- duckdb only: unnest of a list parameter in a subquery
select support.* exclude (given_at, school_id)
from standing_support as support
where
    ($whole_district or support.school_id in (select unnest($school_ids)))
order by support.given_at desc, support.support_id
limit $limit
