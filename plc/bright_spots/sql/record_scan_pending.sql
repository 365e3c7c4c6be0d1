-- Remember for each teacher whose results changed beside hers, other than by her own hand.
-- parameters: none
-- columns: none
-- scope: system
insert into scan_pending
select distinct
    figure_reader.teacher_id,
    figure_reader.subject,
    changed_part.part_kind,
    changed_part.part,
    changed_part.teacher_id,
    changed_part.students,
    changed_part.known_by,
    changed_part.counts
from figure_reader
inner join changed_part
    on
        figure_reader.subject = changed_part.subject
        and figure_reader.grade = changed_part.grade
        and figure_reader.teacher_id <> changed_part.teacher_id
        and figure_reader.teacher_id is distinct from changed_part.known_by
left join part_size
    on
        changed_part.subject = part_size.subject
        and changed_part.grade = part_size.grade
        and changed_part.part_kind = part_size.part_kind
        and changed_part.part = part_size.part
where
    not coalesce(part_size.is_large, false)
