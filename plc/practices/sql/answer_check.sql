-- What a colleague who was asked says of a card.
-- parameters: $practice_id, $teacher_id, $practice_version, $could_follow, $unclear, $checked_at
-- columns: check_id
-- scope: self
update practice_check
set
    practice_version = $practice_version,
    could_follow = $could_follow,
    unclear = $unclear,
    checked_at = $checked_at
where practice_id = $practice_id and checker_teacher_id = $teacher_id and checked_at is null
returning check_id
