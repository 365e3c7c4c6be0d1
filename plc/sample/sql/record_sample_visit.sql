-- A visit of a made-up team.
-- parameters: $visit_id, $inquiry_id, $visit_kind, $class_kind, $visited, $visitor, $planned_on, $held_on, $look_fors, $notes, $made_at
-- columns: none
-- scope: system
insert into discovery_visit (
    visit_id, inquiry_id, version, visit_kind, class_kind, visited_teacher_id, visitor_teacher_id, planned_on, held_on,
    look_fors, notes, made_by, made_at
)
values (
    $visit_id, $inquiry_id, 1, $visit_kind, $class_kind, $visited, $visitor, $planned_on, $held_on,
    $look_fors, $notes, $visitor, $made_at
)
