-- What a colleague who was not asked says of a card.
-- parameters: $check_id, $practice_id, $teacher_id, $practice_version, $could_follow, $unclear, $checked_at
-- columns: none
-- scope: self
insert into practice_check (
    check_id, practice_id, practice_version, checker_teacher_id, could_follow, unclear, checked_at
)
values ($check_id, $practice_id, $practice_version, $teacher_id, $could_follow, $unclear, $checked_at)
