-- Counts behind a student group's row over the whole district, one year after a start. Students whose
-- group nobody recorded are a group of their own, so that the groups add up to the district.
-- parameters: none
-- columns: subject, group_name, group_value, teachers, starts, others, caught_up, stayed, level_starts, level_others, kept_up, tracked, tracked_others, adequate, median_percentile
-- scope: system
with named as (select distinct group_name from student_group),
placed as (
    select
        start.*,
        named.group_name,
        coalesce(student_group.group_value, 'not recorded') as group_value
    from start
    cross join named
    left join student_group
        on student_group.student_key = start.student_key and student_group.group_name = named.group_name
    where start.horizon = 1
),
teaching as (
    select
        placed.subject,
        placed.group_name,
        placed.group_value,
        count(distinct taught.teacher_key) as teachers
    from placed
    join taught
        on taught.student_key = placed.student_key
        and taught.subject = placed.subject
        and taught.school_year = placed.start_year + 1
    group by placed.subject, placed.group_name, placed.group_value
)
select
    placed.subject,
    placed.group_name,
    placed.group_value,
    coalesce(max(teaching.teachers), 0) as teachers,
    sum(placed.behind) as starts,
    count(distinct case when placed.behind = 1 and placed.own = 0 then placed.student_key end) as others,
    sum(placed.caught_up) as caught_up,
    sum(placed.stayed) as stayed,
    sum(1 - placed.behind) as level_starts,
    count(distinct case when placed.behind = 0 and placed.own = 0 then placed.student_key end) as level_others,
    sum(placed.kept_up) as kept_up,
    sum(case when placed.behind = 1 and placed.adequate is not null then 1 else 0 end) as tracked,
    count(
        distinct case
            when placed.behind = 1 and placed.own = 0 and placed.adequate is not null then placed.student_key
        end
    ) as tracked_others,
    sum(case when placed.behind = 1 and placed.adequate then 1 else 0 end) as adequate,
    median(case when placed.behind = 1 then placed.percentile end) as median_percentile
from placed
left join teaching
    on teaching.subject = placed.subject
    and teaching.group_name = placed.group_name
    and teaching.group_value = placed.group_value
group by placed.subject, placed.group_name, placed.group_value
order by placed.subject nulls last, placed.group_name nulls last, placed.group_value nulls last
