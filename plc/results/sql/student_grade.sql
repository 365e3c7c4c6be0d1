-- The grade of a student in a year where the roster knows only one.
-- parameters: none
-- columns: student, school_year, grade
-- scope: system
select w.number as student, s.school_year, min(s.grade) as grade
from student_word w
join enrollment e on e.student_key = w.student_key
join section s on s.section_key = e.section_key
group by w.number, s.school_year
having count(distinct s.grade) = 1
