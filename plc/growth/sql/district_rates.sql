-- The district's counts by subject and horizon. `students` are different students behind at a start
-- and seen at the horizon, `others` those outside the viewer's own classes.
-- parameters: none
-- columns: subject, horizon, starts, students, others, caught_up, stayed, level_starts, level_others, kept_up, tracked, adequate
-- scope: system
select
    subject,
    horizon,
    sum(behind) as starts,
    count(distinct case when behind = 1 then student_key end) as students,
    count(distinct case when behind = 1 and own = 0 then student_key end) as others,
    sum(caught_up) as caught_up,
    sum(stayed) as stayed,
    sum(1 - behind) as level_starts,
    count(distinct case when behind = 0 and own = 0 then student_key end) as level_others,
    sum(kept_up) as kept_up,
    sum(case when behind = 1 and adequate is not null then 1 else 0 end) as tracked,
    sum(case when behind = 1 and adequate then 1 else 0 end) as adequate
from start
group by subject, horizon
order by subject nulls last, horizon nulls last
