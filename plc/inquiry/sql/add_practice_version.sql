-- What a practice says at a version; parts not written yet are empty. No row back unless it follows the latest one.
-- parameters: $practice_id, $version, $title, $when_to_use, $steps, $core_parts, $adaptable_parts, $minutes, $went_wrong, $subject, $grades, $standards, $by, $at
-- columns: version
-- scope: system
insert into practice_version (
    practice_id, version, title, when_to_use, steps, core_parts, adaptable_parts, minutes, went_wrong, subject,
    grades, standards, made_by, made_at
)
select
    $practice_id, $version, $title, $when_to_use, $steps, $core_parts, $adaptable_parts, $minutes, $went_wrong,
    $subject, $grades, $standards, $by, $at
where
    coalesce((select max(version) from practice_version where practice_id = $practice_id), 0) + 1 = $version
returning version
