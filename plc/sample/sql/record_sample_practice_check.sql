-- What a made-up colleague who tried to follow a card said.
-- parameters: $check_id, $practice_id, $checked_by, $unclear, $checked_at
-- columns: none
-- scope: system
insert into practice_check (
    check_id, practice_id, practice_version, checker_teacher_id, asked_at, could_follow, unclear, checked_at
)
values ($check_id, $practice_id, 1, $checked_by, $checked_at, 'yes', $unclear, $checked_at)
