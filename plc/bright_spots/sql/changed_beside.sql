-- One row where results of others changed in a teacher's subject since the figures she was told: what waited at the
-- latest look, and what came after it. Beside one who was told none, whatever waits for anybody.
-- parameters: $teacher_id, $subject
-- columns: subject
-- scope: self
select subject
from (
    select pending.subject
    from scan_pending as pending
    where
        pending.subject = $subject
        and pending.part_kind = 'whole'
        and (
            pending.teacher_id = $teacher_id
            or not exists (
                select 1
                from scan_told
                where scan_told.teacher_id = $teacher_id and scan_told.subject = $subject
            )
        )
    union all
    select changed_part.subject
    from changed_part
    where
        changed_part.subject = $subject
        and changed_part.teacher_id <> $teacher_id
        and changed_part.known_by is distinct from $teacher_id
) as changed
limit 1
