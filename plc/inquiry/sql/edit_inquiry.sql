-- Write an inquiry's wording over the version that was read; no row back where someone was faster.
-- parameters: $team_ids, $inquiry_id, $seen, $title, $challenge, $subject, $grade, $school_year, $standard_id, $measure_kind, $measure_name, $measure_purpose, $aim_amount, $aim_unit, $aim_by, $aim_for, $unit_name, $unit_starts_on, $priority_id, $by, $at
-- columns: version
-- scope: team
update inquiry
set
    version = version + 1,
    title = $title,
    challenge = $challenge,
    subject = $subject,
    grade = $grade,
    school_year = $school_year,
    standard_id = $standard_id,
    measure_kind = $measure_kind,
    measure_name = $measure_name,
    measure_purpose = $measure_purpose,
    aim_amount = $aim_amount,
    aim_unit = $aim_unit,
    aim_by = $aim_by,
    aim_for = $aim_for,
    unit_name = $unit_name,
    unit_starts_on = $unit_starts_on,
    priority_id = $priority_id,
    changed_by = $by,
    changed_at = $at
where inquiry_id = $inquiry_id and version = $seen and team_id in (select unnest($team_ids))
returning version
