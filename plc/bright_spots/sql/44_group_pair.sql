-- Per section and group what a class has of all its students: how far students stay above or below their
-- group of the class from one assessment to the next. A student who sat every assessment the group sat
-- deviates from the sum of all its cells; only the others need their own cells looked up.
-- parameters: none
-- columns: section_key, group_key, students, sum_square, pairs
-- scope: system
with occasion as (
    select section_key, group_key, count(*) as cells, sum(mean_residual) as sum_mean
    from group_cell
    group by section_key, group_key
),

member as (
    select
        expected.student_key,
        expected.section_key,
        group_member.group_key,
        expected.outcomes,
        expected.sum_residual,
        occasion.cells,
        occasion.sum_mean
    from expected
    inner join group_member
        on
            expected.student_key = group_member.student_key
            and expected.section_key = group_member.section_key
    inner join occasion
        on expected.section_key = occasion.section_key and group_member.group_key = occasion.group_key
),

absent_sometimes as (
    select
        member.student_key,
        member.section_key,
        member.group_key,
        sum(group_cell.mean_residual) as sum_mean
    from member
    inner join student_result
        on member.student_key = student_result.student_key and member.section_key = student_result.place_key
    inner join group_cell
        on
            student_result.place_key = group_cell.section_key
            and member.group_key = group_cell.group_key
            and student_result.scale_key = group_cell.scale_key
    where member.outcomes < member.cells
    group by member.student_key, member.section_key, member.group_key
),

deviation as (
    select
        member.section_key,
        member.group_key,
        member.outcomes,
        member.sum_residual - coalesce(absent_sometimes.sum_mean, member.sum_mean) as d
    from member
    left join absent_sometimes
        on
            member.student_key = absent_sometimes.student_key
            and member.section_key = absent_sometimes.section_key
            and member.group_key = absent_sometimes.group_key
)

select
    section_key,
    group_key,
    count(*) as students,
    sum(d * d) as sum_square,
    sum(outcomes * (outcomes - 1)) as pairs
from deviation
group by section_key, group_key
order by group_key, section_key
