-- Plan a visit within an inquiry of the viewer's teams.
-- parameters: $team_ids, $inquiry_id, $visit_id, $visit_kind, $class_kind, $visited_teacher_id, $visited_words, $visitor_teacher_id, $planned_on, $look_fors, $by, $at
-- columns: none
-- scope: team
insert into discovery_visit (
    visit_id, inquiry_id, version, visit_kind, class_kind, visited_teacher_id, visited_words, visitor_teacher_id,
    planned_on, held_on, look_fors, notes, made_by, made_at
)
select
    $visit_id, inquiry_id, 1, $visit_kind, $class_kind, $visited_teacher_id, $visited_words, $visitor_teacher_id,
    $planned_on, null, $look_fors, '', $by, $at
from inquiry
where inquiry_id = $inquiry_id and team_id in (select unnest($team_ids)) and state = 'open'
