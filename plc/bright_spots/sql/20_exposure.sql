-- Who taught each section how much: students' doses times teachers' shares, summing to 1.
-- parameters: none
-- columns: section_key, teacher_key, weight, leads
-- scope: system
with taught as (
    select
        attendance.section_key,
        section_teacher.teacher_key,
        sum(attendance.dose * section_teacher.share) as dose,
        max(case when attendance.section_key = attendance.attended_section then 1 else 0 end) = 1 as leads
    from attendance
    inner join section_teacher on attendance.attended_section = section_teacher.section_key
    where section_teacher.share > 0
    group by attendance.section_key, section_teacher.teacher_key
),

whole as (
    select section_key, sum(dose) as dose from taught group by section_key
)

select taught.section_key, taught.teacher_key, taught.dose / nullif(whole.dose, 0) as weight, taught.leads
from taught
inner join whole on taught.section_key = whole.section_key
order by taught.section_key, taught.teacher_key
