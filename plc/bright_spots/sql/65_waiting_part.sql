-- The parts of each teacher's figures that wait: somebody's results changed beside hers, but of too few. What she
-- had no figure of before tells her nothing beside it.
-- parameters: $before_key, $least_students
-- columns: teacher_id, subject, part_kind, part
-- scope: system
with needed as (
    select teacher_id, subject, min(needed) as needed from figure_reader group by teacher_id, subject
),

read_before as (
    select teacher_id, subject, 'whole' as part_kind, '' as part from figure_reader
    union
    select teacher_id, subject, 'assessment' as part_kind, cast(taken_on as varchar) || ' ' || assessment_name as part
    from scan_occasion
    where scan_key = $before_key
    union
    select teacher_id, subject, 'standard' as part_kind, standard_id as part
    from scan_finding
    where scan_key = $before_key and standard_id <> ''
)

select pending.teacher_id, pending.subject, pending.part_kind, pending.part
from scan_pending as pending
inner join needed on pending.teacher_id = needed.teacher_id and pending.subject = needed.subject
inner join read_before
    on
        pending.teacher_id = read_before.teacher_id
        and pending.subject = read_before.subject
        and pending.part_kind = read_before.part_kind
        and pending.part = read_before.part
where
    not exists (
        select 1
        from figure_reader
        inner join part_size
            on figure_reader.subject = part_size.subject and figure_reader.grade = part_size.grade
        where
            part_size.is_large
            and figure_reader.teacher_id = pending.teacher_id
            and figure_reader.subject = pending.subject
            and part_size.part_kind = pending.part_kind
            and part_size.part = pending.part
    )
group by pending.teacher_id, pending.subject, pending.part_kind, pending.part, needed.needed
having
    count(distinct pending.changed_teacher_id) filter (where pending.counts) < needed.needed
    or coalesce(sum(pending.students) filter (where pending.counts), 0) < $least_students
