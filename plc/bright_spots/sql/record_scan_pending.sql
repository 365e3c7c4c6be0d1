-- Remember for each teacher whose results changed beside hers, other than by her own hand. Her figures as a whole rest
-- on every class of the subject, her school's and other grades' too; a change in a grade that is not among her peers' makes her
-- wait and counts for nothing. Where so many changed that everybody may read anew, only those of her school are left.
-- The results of a class she teaches with a colleague are hers, and no change of that colleague's.
-- parameters: none
-- columns: none
-- scope: system
insert into scan_pending
with reader as (
    select distinct teacher_id, subject from figure_reader
),

without_shared as (
    select
        reader.teacher_id as reader_id,
        changed_class.teacher_id,
        changed_class.subject,
        changed_class.grade,
        changed_class.part_kind,
        changed_class.part,
        case
            when count(*) = count(changed_class.known_by) and min(changed_class.known_by) = max(changed_class.known_by)
                then min(changed_class.known_by)
        end as known_by,
        coalesce(max(case when changed_class.counts then changed_class.students end), 0) as students,
        bool_or(changed_class.counts) as counts
    from reader
    inner join co_teacher on reader.subject = co_teacher.subject and reader.teacher_id = co_teacher.teacher_id
    inner join changed_class
        on co_teacher.subject = changed_class.subject and co_teacher.colleague_id = changed_class.teacher_id
    left join class_teacher as hers
        on changed_class.section_key = hers.section_key and reader.teacher_id = hers.teacher_id and hers.share > 0
    where changed_class.is_retaught or hers.section_key is null
    group by
        reader.teacher_id,
        changed_class.teacher_id,
        changed_class.subject,
        changed_class.grade,
        changed_class.part_kind,
        changed_class.part
),

changed as (
    select
        reader.teacher_id as reader_id,
        changed_part.teacher_id,
        changed_part.subject,
        changed_part.grade,
        changed_part.part_kind,
        changed_part.part,
        changed_part.known_by,
        changed_part.students,
        changed_part.counts
    from reader
    inner join changed_part on reader.subject = changed_part.subject and reader.teacher_id <> changed_part.teacher_id
    left join co_teacher
        on
            reader.subject = co_teacher.subject
            and reader.teacher_id = co_teacher.teacher_id
            and changed_part.teacher_id = co_teacher.colleague_id
    where co_teacher.colleague_id is null
    union all
    select reader_id, teacher_id, subject, grade, part_kind, part, known_by, students, counts
    from without_shared
),

beside as (
    select
        changed.reader_id as teacher_id,
        changed.subject,
        changed.part_kind,
        changed.part,
        changed.teacher_id as changed_teacher_id,
        changed.grade,
        changed.students,
        changed.known_by,
        changed.counts and peers.teacher_id is not null as counts,
        coalesce(peers.is_own_grade, false) as is_own_grade
    from changed
    left join figure_reader as peers
        on
            changed.reader_id = peers.teacher_id
            and changed.subject = peers.subject
            and changed.grade = peers.grade
    where changed.reader_id is distinct from changed.known_by
)

select distinct
    beside.teacher_id,
    beside.subject,
    beside.part_kind,
    beside.part,
    beside.changed_teacher_id,
    beside.students,
    beside.known_by,
    beside.counts
from beside
left join part_size
    on
        beside.subject = part_size.subject
        and beside.grade = part_size.grade
        and beside.part_kind = part_size.part_kind
        and beside.part = part_size.part
left join schoolmate
    on
        beside.teacher_id = schoolmate.teacher_id
        and beside.subject = schoolmate.subject
        and beside.changed_teacher_id = schoolmate.colleague_id
where
    (beside.part_kind = 'whole' and (not coalesce(part_size.is_large, false) or schoolmate.teacher_id is not null))
    or (beside.part_kind <> 'whole' and beside.is_own_grade and not coalesce(part_size.is_large, false))
