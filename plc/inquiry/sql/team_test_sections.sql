-- The classes of a team's test. Of a class that no member of today teaches only its grade is given: its size or
-- its school would tell colleagues whose it is.
-- parameters: $test_id, $team_ids, $today
-- columns: section_id, teacher_id, name, grade, arm, block, starts_on, own, students
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
with chosen as (
    select
        test_section.section_id,
        test_section.teacher_id,
        test_section.grade,
        test_section.arm,
        test_section.block,
        test_section.starts_on,
        test.test_id,
        test.subject,
        test.school_year,
        member.teacher_id is not null as own
    from test_section
    inner join practice_test as test on test_section.test_id = test.test_id
    left join (
        select distinct team_id, teacher_id
        from team_member
        where left_on is null or left_on > $today
    ) as member on test.team_id = member.team_id and test_section.teacher_id = member.teacher_id
    where test_section.test_id = $test_id and test.team_id in (select unnest($team_ids))
),

known as (
    select section.section_key, section.section_id
    from section
    inner join chosen
        on section.section_id = chosen.section_id
        and section.subject = chosen.subject
        and section.school_year = chosen.school_year
),

enrolled as (
    select known.section_id, count(distinct enrollment.student_key) as students
    from known
    inner join enrollment on known.section_key = enrollment.section_key
    group by known.section_id
)

select
    case when chosen.own then chosen.section_id end as section_id,
    case when chosen.own then chosen.teacher_id end as teacher_id,
    case when chosen.own then coalesce(teacher.name, chosen.teacher_id) end as name,
    chosen.grade,
    chosen.arm,
    case when chosen.own then chosen.block end as block,
    chosen.starts_on,
    chosen.own,
    case when chosen.own then coalesce(enrolled.students, 0) end as students
from chosen
left join teacher on chosen.teacher_id = teacher.teacher_id
left join enrolled on chosen.section_id = enrolled.section_id
order by name nulls last, section_id nulls last, grade nulls last
