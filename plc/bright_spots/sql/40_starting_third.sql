-- Where each student with a starting point stands among all who began the same grade, subject and year:
-- 1 in the lowest third, 2 in the middle, 3 in the highest. Equal starting points share the middle of the
-- places they fill, so that they stay together: places before them + places up to them, against twice the
-- number of students.
-- parameters: none
-- columns: student_key, section_key, third
-- scope: system
with placed as (
    select
        start.student_key,
        start.section_key,
        rank() over (partition by scanned_section.grade, start.period_key order by start.start_y) - 1 as before,
        count(*) over (partition by scanned_section.grade, start.period_key order by start.start_y) as up_to,
        count(*) over (partition by scanned_section.grade, start.period_key) as students
    from start
    inner join scanned_section on start.section_key = scanned_section.section_key
    where start.start_y is not null
)

select
    student_key,
    section_key,
    case
        when 3 * (before + up_to) < 2 * students then 1
        when 3 * (before + up_to) < 4 * students then 2
        else 3
    end as third
from placed
