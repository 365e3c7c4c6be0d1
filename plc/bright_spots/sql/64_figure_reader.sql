-- The teachers with a row in this scan and a figure in the one before, by subject and each grade they teach in it; and how
-- many must have changed beside each. Where others read her figure too, one more: they know a class of their own.
-- parameters: $scan_key, $before_key, $labels, $untold, $least
-- columns: teacher_id, subject, grade, needed
-- scope: system
with told as (
    select
        standing.teacher_id,
        standing.subject,
        standing.label in (select unnest($labels)) or earlier.label in (select unnest($labels)) as is_shown
    from scan_finding as standing
    inner join scan_finding as earlier
        on
            standing.teacher_id = earlier.teacher_id
            and standing.subject = earlier.subject
            and standing.standard_id = earlier.standard_id
    where
        standing.standard_id = ''
        and standing.scan_key = $scan_key
        and earlier.scan_key = $before_key
        and earlier.label not in (select unnest($untold))
),

teaching as (
    select distinct teacher.teacher_id, section.subject, section.grade
    from section_teacher
    inner join section on section_teacher.section_key = section.section_key
    inner join teacher on section_teacher.teacher_key = teacher.teacher_key
),

-- In the smallest courses the others are as many as there can be.
others as (
    select mine.teacher_id, mine.subject, count(distinct theirs.teacher_id) as teachers
    from teaching as mine
    inner join teaching as theirs
        on
            mine.subject = theirs.subject
            and mine.grade = theirs.grade
            and mine.teacher_id <> theirs.teacher_id
    group by mine.teacher_id, mine.subject
)

select
    teaching.teacher_id,
    teaching.subject,
    teaching.grade,
    case
        when told.is_shown then least($least + 1, greatest($least, coalesce(others.teachers, 0)))
        else $least
    end as needed
from teaching
inner join told on teaching.teacher_id = told.teacher_id and teaching.subject = told.subject
left join others on teaching.teacher_id = others.teacher_id and teaching.subject = others.subject
