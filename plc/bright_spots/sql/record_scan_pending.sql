-- Remember for each teacher whose results changed beside hers, other than by her own hand. Her figures as a whole rest
-- on every class of the subject, her school's and other grades' too; a change in a grade that is not among her peers' makes her
-- wait and counts for nothing. Where so many changed that everybody may read anew, only those of her school are left.
-- parameters: none
-- columns: none
-- scope: system
insert into scan_pending
with reader as (
    select distinct teacher_id, subject from figure_reader
),

beside as (
    select
        reader.teacher_id,
        reader.subject,
        changed_part.part_kind,
        changed_part.part,
        changed_part.teacher_id as changed_teacher_id,
        changed_part.grade,
        changed_part.students,
        changed_part.known_by,
        changed_part.counts and peers.teacher_id is not null as counts,
        coalesce(peers.is_own_grade, false) as is_own_grade
    from reader
    inner join changed_part
        on
            reader.subject = changed_part.subject
            and reader.teacher_id <> changed_part.teacher_id
            and reader.teacher_id is distinct from changed_part.known_by
    left join figure_reader as peers
        on
            reader.teacher_id = peers.teacher_id
            and reader.subject = peers.subject
            and changed_part.grade = peers.grade
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
