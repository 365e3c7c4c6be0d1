-- The classes of a team's members in one course and school year: who teaches each, and whether it is the viewer's own.
-- parameters: $team_ids, $team_id, $teacher_id, $subject, $grade, $school_year, $today
-- columns: team_id, section_key, section_id, teachers, names, is_own
-- scope: team
with member as (
    select distinct team_member.teacher_id
    from team_member
    where
        team_member.team_id = $team_id
        and team_member.team_id in (select unnest($team_ids))
        and team_member.joined_on <= $today
        and (team_member.left_on is null or team_member.left_on > $today)
),

taught as (
    select distinct section_key, section_id, teacher_id, teacher_name
    from taught_class
    where subject = $subject and school_year = $school_year and ($grade is null or grade = $grade)
)

select
    cast($team_id as varchar) as team_id,
    taught.section_key,
    taught.section_id,
    string_agg(taught.teacher_id, ',') as teachers,
    string_agg(taught.teacher_name, ' and ') as names,
    bool_or(taught.teacher_id is not distinct from $teacher_id) as is_own
from taught
left join member on taught.teacher_id = member.teacher_id
group by taught.section_key, taught.section_id
having bool_or(member.teacher_id is not null)
order by taught.section_id nulls last
