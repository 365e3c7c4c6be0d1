-- What a made-up practice card says.
-- parameters: $practice_id, $title, $when_to_use, $steps, $core_parts, $adaptable_parts, $minutes, $went_wrong, $subject, $grades, $standards, $owner, $made_at
-- columns: none
-- scope: system
insert into practice_version (
    practice_id, version, title, when_to_use, steps, core_parts, adaptable_parts, minutes, went_wrong, subject,
    grades, standards, made_by, made_at
)
values (
    $practice_id, 1, $title, $when_to_use, $steps, $core_parts, $adaptable_parts, $minutes, $went_wrong, $subject,
    $grades, $standards, $owner, $made_at
)
