-- The classes of a team's members in one course and school year: who teaches each, whether it is the viewer's
-- own, and whether every other teacher of it opened her results to the viewer within the team's agreement.
-- parameters: $team_ids, $team_id, $teacher_id, $subject, $grade, $school_year, $today
-- columns: team_id, section_key, section_id, teachers, names, is_own, is_open
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

-- Whom a result was opened to reads it, who joined later does not; and nobody before its teacher saw her own.
opened as (
    select distinct opened_result.teacher_id
    from opened_result
    where
        opened_result.team_id = $team_id
        and opened_result.reader_teacher_id = $teacher_id
        and opened_result.opened_on <= $today
        and opened_result.agreed_on <= $today
        and opened_result.until_on >= $today
        and (
            opened_result.teacher_id in (select seen_own_result.teacher_id from seen_own_result)
            or not exists (select 1 from scan)
        )
)

select
    cast($team_id as varchar) as team_id,
    section.section_key,
    section.section_id,
    string_agg(teacher.teacher_id, ',') as teachers,
    string_agg(coalesce(teacher.name, teacher.teacher_id), ' and ') as names,
    bool_or(teacher.teacher_id is not distinct from $teacher_id) as is_own,
    bool_and(
        teacher.teacher_id is not distinct from $teacher_id
        or (opened.teacher_id is not null and member.teacher_id is not null)
    ) as is_open
from section
inner join (select distinct section_key, teacher_key from section_teacher) as section_teacher
    on section.section_key = section_teacher.section_key
inner join teacher on section_teacher.teacher_key = teacher.teacher_key
left join member on teacher.teacher_id = member.teacher_id
left join opened on teacher.teacher_id = opened.teacher_id
where
    section.subject = $subject
    and section.school_year = $school_year
    and ($grade is null or section.grade = $grade)
group by section.section_key, section.section_id
having bool_or(member.teacher_id is not null)
order by section.section_id nulls last
