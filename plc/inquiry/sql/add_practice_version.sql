-- What a practice says at a version; parts not written yet are empty.
-- parameters: $practice_id, $version, $title, $when_to_use, $steps, $core_parts, $adaptable_parts, $minutes, $went_wrong, $subject, $grades, $standards, $by, $at
-- columns: none
-- scope: system
insert into practice_version (
    practice_id, version, title, when_to_use, steps, core_parts, adaptable_parts, minutes, went_wrong, subject,
    grades, standards, made_by, made_at
)
values (
    $practice_id, $version, $title, $when_to_use, $steps, $core_parts, $adaptable_parts, $minutes, $went_wrong,
    $subject, $grades, $standards, $by, $at
)
