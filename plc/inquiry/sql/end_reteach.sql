-- End one of the viewer's own reteach plans, or take it up again.
-- parameters: $teacher_id, $reteach_id, $ended_at
-- columns: reteach_id
-- scope: self
update reteach
set ended_at = $ended_at
where reteach_id = $reteach_id and teacher_id = $teacher_id
returning reteach_id
