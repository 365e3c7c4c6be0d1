-- Of each changed part, whether so many teachers' and students' results changed that every reader may read it anew: also one
-- who has classes among them, alone or with others, and one who loaded others of them herself. A teacher of fewer
-- students than $least_each is none: with a late class beside two corrected results the difference would be that class.
-- Of teachers who teach a class together one counts.
-- parameters: $least, $least_each, $least_students
-- columns: subject, grade, part_kind, part, is_large
-- scope: system
with large as (
    select subject, grade, part_kind, part, teacher_id, known_by, students
    from changed_part
    where counts and students >= $least_each
),

once as (
    select large.subject, large.grade, large.part_kind, large.part, large.teacher_id, large.known_by, large.students
    from large
    where
        not exists (
            select 1
            from co_teacher
            inner join large as theirs
                on co_teacher.subject = theirs.subject and co_teacher.colleague_id = theirs.teacher_id
            where
                co_teacher.goes_first
                and co_teacher.subject = large.subject
                and co_teacher.teacher_id = large.teacher_id
                and theirs.grade = large.grade
                and theirs.part_kind = large.part_kind
                and theirs.part = large.part
        )
),

of_hand as (
    select
        subject,
        grade,
        part_kind,
        part,
        known_by,
        count(*) as teachers,
        sum(students) as students
    from once
    group by subject, grade, part_kind, part, known_by
),

knowing as (
    select distinct subject, teacher_id, teacher_id as reader_id from large
    union
    select subject, teacher_id, colleague_id as reader_id from co_teacher
),

of_reader as (
    select
        once.subject,
        once.grade,
        once.part_kind,
        once.part,
        count(*) as teachers,
        sum(once.students) as students
    from once
    inner join knowing on once.subject = knowing.subject and once.teacher_id = knowing.teacher_id
    group by once.subject, once.grade, once.part_kind, once.part, knowing.reader_id
),

most_known as (
    select subject, grade, part_kind, part, max(teachers) as teachers, max(students) as students
    from of_reader
    group by subject, grade, part_kind, part
)

select
    of_hand.subject,
    of_hand.grade,
    of_hand.part_kind,
    of_hand.part,
    sum(of_hand.teachers) - coalesce(max(case when of_hand.known_by is not null then of_hand.teachers end), 0)
    - min(most_known.teachers) >= $least + 1
    and sum(of_hand.students) - coalesce(max(case when of_hand.known_by is not null then of_hand.students end), 0)
    - min(most_known.students) >= $least_students as is_large
from of_hand
inner join most_known
    on
        of_hand.subject = most_known.subject
        and of_hand.grade = most_known.grade
        and of_hand.part_kind = most_known.part_kind
        and of_hand.part = most_known.part
group by of_hand.subject, of_hand.grade, of_hand.part_kind, of_hand.part
