-- The classes of a team's members of today in an inquiry's course and school year. A class taught by
-- two members is the one's who teaches most of it.
-- parameters: $inquiry_id, $team_ids, $today
-- columns: section_id, teacher_id, name, school_id, grade, students
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
with taught as (
    select
        section.section_key,
        section.section_id,
        teacher.teacher_id,
        coalesce(teacher.name, teacher.teacher_id) as name,
        school.school_id,
        section.grade,
        row_number() over (
            partition by section.section_key
            order by section_teacher.share desc nulls last, teacher.teacher_id nulls last
        ) as place
    from inquiry
    inner join team_member as member on inquiry.team_id = member.team_id
    inner join teacher on member.teacher_id = teacher.teacher_id
    inner join section_teacher on teacher.teacher_key = section_teacher.teacher_key
    inner join section on section_teacher.section_key = section.section_key
    inner join school on section.school_key = school.school_key
    where
        inquiry.inquiry_id = $inquiry_id
        and inquiry.team_id in (select unnest($team_ids))
        and (member.left_on is null or member.left_on > $today)
        and section.subject = inquiry.subject
        and section.school_year = inquiry.school_year
        and (inquiry.grade is null or section.grade = inquiry.grade)
)

select
    taught.section_id,
    taught.teacher_id,
    taught.name,
    taught.school_id,
    taught.grade,
    count(distinct enrollment.student_key) as students
from taught
left join enrollment on taught.section_key = enrollment.section_key
where taught.place = 1
group by taught.section_id, taught.teacher_id, taught.name, taught.school_id, taught.grade
order by taught.name nulls last, taught.section_id nulls last
