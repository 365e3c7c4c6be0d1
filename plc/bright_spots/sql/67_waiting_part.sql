-- The parts of each teacher's figures that wait: somebody's results changed beside hers, but of too few: of too few
-- teachers with $least_each students or more, or of too few students beside the teacher of most. Of the same
-- teacher's changes the largest counts, and of teachers who teach a class together one. Where others read her figure
-- too, what one colleague loaded for several may be made up for her own eyes, so that it does not count unless it is
-- all there is. What a teacher had no figure of before tells her nothing beside it.
-- Of colleagues at her school either none changed or enough did, since she is compared with them by themselves: three,
-- or two where they have not three classes without a common teacher. With fewer she is not compared.
-- parameters: $least, $least_each, $least_students
-- columns: teacher_id, subject, part_kind, part
-- scope: system
with reader as (
    select teacher_id, subject, min(scan_key) as scan_key, min(needed) as needed, bool_or(is_shown) as is_shown
    from figure_reader
    group by teacher_id, subject
),

-- A few results put right beside a late class would leave that class.
changed as (
    select
        teacher_id,
        subject,
        part_kind,
        part,
        changed_teacher_id,
        coalesce(max(students) filter (where counts and students >= $least_each), 0) as students,
        case when min(known_by) = max(known_by) and count(*) = count(known_by) then min(known_by) end as known_by
    from scan_pending
    group by teacher_id, subject, part_kind, part, changed_teacher_id
),

counting as (
    select
        changed.teacher_id,
        changed.subject,
        changed.part_kind,
        changed.part,
        changed.changed_teacher_id,
        case
            when not exists (
                select 1
                from co_teacher
                inner join changed as theirs
                    on co_teacher.subject = theirs.subject and co_teacher.colleague_id = theirs.changed_teacher_id
                where
                    co_teacher.goes_first
                    and theirs.students > 0
                    and co_teacher.subject = changed.subject
                    and co_teacher.teacher_id = changed.changed_teacher_id
                    and theirs.teacher_id = changed.teacher_id
                    and theirs.part_kind = changed.part_kind
                    and theirs.part = changed.part
            )
                then changed.students
            else 0
        end as students,
        changed.known_by
    from changed
),

active_schoolmate as (
    select
        schoolmate.teacher_id,
        schoolmate.subject,
        schoolmate.is_apart
        and not exists (
            select 1
            from co_teacher
            inner join schoolmate as theirs
                on co_teacher.subject = theirs.subject and co_teacher.colleague_id = theirs.colleague_id
            where
                co_teacher.goes_first
                and theirs.is_apart
                and co_teacher.subject = schoolmate.subject
                and co_teacher.teacher_id = schoolmate.colleague_id
                and theirs.teacher_id = schoolmate.teacher_id
        ) as is_once
    from schoolmate
    where schoolmate.is_active
),

-- With whom two are enough, half as many students beside the one of most are.
with_schoolmates as (
    select teacher_id, subject, least(count(*) filter (where is_once), $least) as needed
    from active_schoolmate
    group by teacher_id, subject
    having count(*) >= $least and count(*) filter (where is_once) >= $least - 1
),

-- Colleagues of her school among the changed, where she can be compared with enough of them.
near as (
    select
        counting.teacher_id,
        counting.subject,
        count(*) filter (where counting.students > 0) as teachers,
        sum(counting.students) - max(counting.students) as students,
        min(with_schoolmates.needed) as needed
    from counting
    inner join schoolmate
        on
            counting.teacher_id = schoolmate.teacher_id
            and counting.subject = schoolmate.subject
            and counting.changed_teacher_id = schoolmate.colleague_id
    inner join with_schoolmates
        on counting.teacher_id = with_schoolmates.teacher_id and counting.subject = with_schoolmates.subject
    where counting.part_kind = 'whole'
    group by counting.teacher_id, counting.subject
),

of_hand as (
    select
        teacher_id,
        subject,
        part_kind,
        part,
        count(*) filter (where students > 0) as teachers,
        sum(students) as students,
        max(students) as most_students,
        case
            when known_by is not null
                then count(*) filter (where students > 0 and changed_teacher_id <> known_by)
            else 0
        end as by_another,
        case when known_by is not null then coalesce(sum(students) filter (where changed_teacher_id <> known_by), 0) else 0 end
            as students_by_another,
        known_by
    from counting
    group by teacher_id, subject, part_kind, part, known_by
),

counted as (
    select
        of_hand.teacher_id,
        of_hand.subject,
        of_hand.part_kind,
        of_hand.part,
        count(*) > 1 and bool_or(reader.is_shown) as is_doubted,
        sum(of_hand.teachers) as teachers,
        sum(of_hand.students) - max(of_hand.most_students) as students,
        max(of_hand.by_another) as by_another,
        max(of_hand.students_by_another) as students_by_another,
        min(reader.needed) as needed
    from of_hand
    inner join reader on of_hand.teacher_id = reader.teacher_id and of_hand.subject = reader.subject
    group by of_hand.teacher_id, of_hand.subject, of_hand.part_kind, of_hand.part
)

select counted.teacher_id, counted.subject, counted.part_kind, counted.part
from counted
inner join read_before
    on
        counted.teacher_id = read_before.teacher_id
        and counted.subject = read_before.subject
        and counted.part_kind = read_before.part_kind
        and counted.part = read_before.part
left join near
    on counted.teacher_id = near.teacher_id and counted.subject = near.subject and counted.part_kind = 'whole'
where
    near.teachers < near.needed
    or near.students < case when near.needed < $least then $least_each else $least_students end
    or (
        (
            counted.teachers - case when counted.is_doubted then counted.by_another else 0 end < counted.needed
            or counted.students - case when counted.is_doubted then counted.students_by_another else 0 end
            < $least_students
        )
        and not exists (
            select 1
            from figure_reader
            inner join part_size
                on figure_reader.subject = part_size.subject and figure_reader.grade = part_size.grade
            where
                part_size.is_large
                and (figure_reader.is_own_grade or part_size.part_kind = 'whole')
                and figure_reader.teacher_id = counted.teacher_id
                and figure_reader.subject = counted.subject
                and part_size.part_kind = counted.part_kind
                and part_size.part = counted.part
        )
    )
