-- Of how many students of a subject results came or were corrected after an upload, of how many teachers with so many
-- of them each, and how many one teacher has at most.
-- parameters: $subject, $upload_key, $least_each
-- columns: students, teachers, most_of_one
-- scope: system
with later as (
    select distinct student_key, school_year
    from assessment_score
    where subject = $subject and upload_key > $upload_key
),

of_teacher as (
    select taught.teacher_key, count(distinct later.student_key) as students
    from later
    inner join taught on later.student_key = taught.student_key and later.school_year = taught.school_year
    where taught.subject = $subject
    group by taught.teacher_key
)

select
    (select count(distinct later.student_key) from later) as students,
    count(case when of_teacher.students >= $least_each then of_teacher.teacher_key end) as teachers,
    coalesce(max(of_teacher.students), 0) as most_of_one
from of_teacher
