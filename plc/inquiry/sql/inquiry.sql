-- One inquiry of the viewer's teams, whole.
-- parameters: $team_ids, $inquiry_id
-- columns: inquiry_id, team_id, team_name, version, phase, state, state_reason, baseline_seen_on, visits_waived, opened_by, opened_at, changed_by, changed_at, title, challenge, subject, grade, school_year, standard_id, measure_kind, measure_name, measure_purpose, aim_amount, aim_unit, aim_by, aim_for, unit_name, unit_starts_on, priority_id
-- scope: team
select
    inquiry.inquiry_id,
    inquiry.team_id,
    team.team_name,
    inquiry.version,
    inquiry.phase,
    inquiry.state,
    inquiry.state_reason,
    inquiry.baseline_seen_on,
    inquiry.visits_waived,
    coalesce(opener.name, 'someone of the team') as opened_by,
    inquiry.opened_at,
    coalesce(changer.name, 'someone of the team') as changed_by,
    inquiry.changed_at,
    inquiry.title,
    inquiry.challenge,
    inquiry.subject,
    inquiry.grade,
    inquiry.school_year,
    inquiry.standard_id,
    inquiry.measure_kind,
    inquiry.measure_name,
    inquiry.measure_purpose,
    inquiry.aim_amount,
    inquiry.aim_unit,
    inquiry.aim_by,
    inquiry.aim_for,
    inquiry.unit_name,
    inquiry.unit_starts_on,
    inquiry.priority_id
from inquiry
inner join team on inquiry.team_id = team.team_id
left join teacher as opener on inquiry.opened_by = opener.teacher_id
left join teacher as changer on inquiry.changed_by = changer.teacher_id
where inquiry.inquiry_id = $inquiry_id and inquiry.team_id in (select unnest($team_ids))
