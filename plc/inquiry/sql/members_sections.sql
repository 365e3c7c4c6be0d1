-- The classes of a team's members of today in an inquiry's course and school year. A class taught by
-- two members is the one's who teaches most of it.
-- parameters: $inquiry_id, $team_ids, $today
-- columns: section_id, teacher_id, name, school_id, grade, students
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
with taught as (
    select
        class.section_key,
        class.section_id,
        class.teacher_id,
        class.teacher_name as name,
        school.school_id,
        class.grade,
        row_number() over (
            partition by class.section_key order by class.share desc nulls last, class.teacher_id nulls last
        ) as place
    from inquiry
    inner join team_member as member on inquiry.team_id = member.team_id
    inner join taught_class as class
        on
            member.teacher_id = class.teacher_id
            and inquiry.subject = class.subject
            and inquiry.school_year = class.school_year
            and (inquiry.grade is null or inquiry.grade = class.grade)
    inner join school on class.school_key = school.school_key
    where
        inquiry.inquiry_id = $inquiry_id
        and inquiry.team_id in (select unnest($team_ids))
        and (member.left_on is null or member.left_on > $today)
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
