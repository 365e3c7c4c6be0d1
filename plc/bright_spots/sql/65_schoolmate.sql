-- Who teaches a reader's subject at a school of hers, as far as results are there, and whether still in the latest
-- school year: those she is compared with as colleagues of her school. The school of results that name none is nobody's.
-- `is_apart` is whether she has a class there that the reader does not teach with her, and that counts when all of its
-- students' results change.
-- parameters: $unnamed_school, $least_each
-- columns: teacher_id, subject, colleague_id, is_active, is_apart
-- scope: system
with class as (
    select section_key, teacher_id, subject from class_teacher
    union
    select section_key, teacher_id, subject from scan_class_teacher
),

of_enough as (
    select section_key
    from result
    where section_key is not null
    group by section_key
    having count(distinct student_key) >= $least_each
),

taught as (
    select
        class.teacher_id,
        class.subject,
        class.section_key,
        section.school_key,
        section.school_year = (select max(latest.school_year) from section as latest) as is_active
    from class
    inner join section on class.section_key = section.section_key
    inner join school on section.school_key = school.school_key
    where
        school.school_id <> $unnamed_school
        and class.section_key in (select class_state.section_key from class_state)
),

school_teacher as (
    select distinct teacher_id, subject, school_key
    from taught
    where teacher_id in (select figure_reader.teacher_id from figure_reader)
)

select
    mine.teacher_id,
    mine.subject,
    theirs.teacher_id as colleague_id,
    bool_or(theirs.is_active) as is_active,
    bool_or(theirs.is_active and of_enough.section_key is not null and hers.section_key is null) as is_apart
from school_teacher as mine
inner join taught as theirs
    on
        mine.subject = theirs.subject
        and mine.school_key = theirs.school_key
        and mine.teacher_id <> theirs.teacher_id
left join of_enough on theirs.section_key = of_enough.section_key
left join class_teacher as hers
    on theirs.section_key = hers.section_key and mine.teacher_id = hers.teacher_id and hers.share > 0
group by mine.teacher_id, mine.subject, theirs.teacher_id
