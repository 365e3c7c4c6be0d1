-- The open teams of the viewer's schools that she asks for. Of a team of fewer members than $least_members, not
-- `enough`, leaders are told only what it asked for itself: what it does is what one or two teachers do.
-- parameters: $school_ids, $whole_district, $school_id, $words, $today, $least_members
-- columns: team_id, team_name, school_name, enough
-- scope: school
-- duckdb only: unnest of a list parameter in a subquery
select
    team_id,
    team_name,
    school_name,
    team_id in (
        select member.team_id
        from team_member as member
        where member.left_on is null or member.left_on > $today
        group by member.team_id
        having count(distinct member.teacher_id) >= $least_members
    ) as enough
from open_team
where
    ($whole_district or school_id in (select unnest($school_ids)))
    and ($school_id is null or school_id = $school_id)
    and ($words is null or contains(lower(concat_ws(' ', team_name, school_name)), lower($words)))
