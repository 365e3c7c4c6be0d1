-- Courses of this teacher's latest year that nobody else of her school teaches, and who teaches them elsewhere:
-- a row per class, those that start nearest to hers first. Only starting points are compared, never results.
-- parameters: $teacher_id, $unnamed_school
-- columns: subject, grade, section_key, other_teacher_id, school_key, distance
-- scope: self
with taught as (
    select distinct teacher_id, section_key, section_id, school_key, subject, grade, school_year
    from current_teaching
    where school_id <> $unnamed_school
),

started as (
    select
        teacher_id,
        section_id,
        school_year,
        subject,
        max(section_mean) as starting_point
    from scan_own_section
    where scan_key = (select max(scan.scan_key) from scan)
    group by teacher_id, section_id, school_year, subject
),

own as (
    select
        mine.subject,
        mine.grade,
        mine.school_key,
        avg(started.starting_point) as starting_point
    from taught as mine
    left join
        started
        on mine.teacher_id = started.teacher_id
        and mine.section_id = started.section_id
        and mine.school_year = started.school_year
        and mine.subject = started.subject
    where
        mine.teacher_id = $teacher_id
        and not exists (
            select colleague.teacher_id
            from taught as colleague
            where
                colleague.school_key = mine.school_key
                and colleague.subject = mine.subject
                and colleague.grade = mine.grade
                and colleague.teacher_id <> $teacher_id
        )
    group by mine.subject, mine.grade, mine.school_key
)

select
    own.subject,
    own.grade,
    other.section_key,
    other.teacher_id as other_teacher_id,
    other.school_key,
    abs(started.starting_point - own.starting_point) as distance
from own
inner join
    taught as other
    on own.subject = other.subject
    and own.grade = other.grade
    and own.school_key <> other.school_key
left join
    started
    on other.teacher_id = started.teacher_id
    and other.section_id = started.section_id
    and other.school_year = started.school_year
    and other.subject = started.subject
where other.teacher_id <> $teacher_id
order by
    own.subject nulls last,
    own.grade nulls last,
    distance nulls last,
    other.section_key nulls last,
    other_teacher_id nulls last
