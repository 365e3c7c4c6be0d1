-- A dated note that time is given, or a coach offered, to a team of the viewer's schools.
-- parameters: $support_id, $team_id, $support_kind, $words, $for_on, $given_by, $given_role, $given_on, $given_at, $school_ids, $whole_district
-- columns: none
-- scope: school
-- duckdb only: unnest of a list parameter in a subquery
insert into team_support
    (support_id, team_id, support_kind, words, for_on, given_by, given_role, given_on, given_at)
select $support_id, team_id, $support_kind, $words, $for_on, $given_by, $given_role, $given_on, $given_at
from team
where team_id = $team_id and ($whole_district or school_id in (select unnest($school_ids)))
