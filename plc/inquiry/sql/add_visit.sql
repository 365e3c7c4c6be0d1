-- Plan a visit within an inquiry of the viewer's teams; no row back where whose class it is may not be named: in a
-- typical class a member of that team, beside a bright spot whoever shows the viewer so as well.
-- parameters: $team_ids, $inquiry_id, $visit_id, $visit_kind, $class_kind, $visited_teacher_id, $visited_words, $visitor_teacher_id, $planned_on, $look_fors, $by, $at, $today
-- columns: visit_id
-- scope: team
insert into discovery_visit (
    visit_id, inquiry_id, version, visit_kind, class_kind, visited_teacher_id, visited_words, visitor_teacher_id,
    planned_on, held_on, look_fors, notes, made_by, made_at
)
select
    $visit_id, inquiry_id, 1, $visit_kind, $class_kind, $visited_teacher_id, $visited_words, $visitor_teacher_id,
    $planned_on, null, $look_fors, '', $by, $at
from inquiry
where
    inquiry_id = $inquiry_id
    and team_id in (select unnest($team_ids))
    and state = 'open'
    and (
        cast($visited_teacher_id as varchar) is null
        or $visited_teacher_id in (
            select member.teacher_id
            from team_member as member
            where member.team_id = inquiry.team_id and (member.left_on is null or member.left_on > $today)
        )
        or ($class_kind = 'bright spot' and $visited_teacher_id in (select teacher_id from visible_teacher))
    )
returning visit_id
