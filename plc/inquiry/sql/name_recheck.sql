-- Say which assessment is the re-check of one of the viewer's own reteach plans.
-- parameters: $teacher_id, $reteach_id, $recheck_name
-- columns: reteach_id
-- scope: self
update reteach
set recheck_name = $recheck_name
where reteach_id = $reteach_id and teacher_id = $teacher_id
returning reteach_id
