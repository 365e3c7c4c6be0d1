-- The next version of a card, if the one its editor saw is still the latest; no row back where it is not.
-- parameters: $practice_id, $seen_version, $title, $when_to_use, $steps, $core_parts, $adaptable_parts, $minutes, $went_wrong, $subject, $grades, $standards, $made_by, $made_at
-- columns: version
-- scope: system
insert into practice_version (
    practice_id, version, title, when_to_use, steps, core_parts, adaptable_parts, minutes, went_wrong, subject,
    grades, standards, made_by, made_at
)
select
    $practice_id, $seen_version + 1, $title, $when_to_use, $steps, $core_parts, $adaptable_parts, $minutes,
    $went_wrong, $subject, $grades, $standards, $made_by, $made_at
where
    coalesce((select max(version) from practice_version where practice_id = $practice_id), 0) = $seen_version
returning version
