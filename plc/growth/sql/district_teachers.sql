-- How many teachers taught the students who began a year behind, by subject.
-- parameters: none
-- columns: subject, teachers
-- scope: system
select start.subject, count(distinct taught.teacher_key) as teachers
from start
join taught
    on taught.student_key = start.student_key
    and taught.subject = start.subject
    and taught.school_year = start.start_year + 1
where start.behind = 1 and start.horizon = 1
group by start.subject
order by start.subject nulls last
