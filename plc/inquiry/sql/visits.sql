-- The visits of an inquiry of the viewer's teams, in the order of their dates. Beside a bright-spot class its
-- teacher's name stands for whom `visible_teacher` shows it to.
-- parameters: $team_ids, $inquiry_id, $visit_id
-- columns: visit_id, version, visit_kind, class_kind, visited, visitor, planned_on, held_on, look_fors, notes
-- scope: team
select
    visit.visit_id,
    visit.version,
    visit.visit_kind,
    visit.class_kind,
    case
        when visit.class_kind = 'bright spot' and visited.teacher_id is not null and shown.teacher_id is null
        then 'a colleague'
        else coalesce(visited.name, visit.visited_words, '')
    end as visited,
    coalesce(visitor.name, 'someone of the team') as visitor,
    visit.planned_on,
    visit.held_on,
    visit.look_fors,
    visit.notes
from discovery_visit as visit
inner join inquiry on visit.inquiry_id = inquiry.inquiry_id
left join teacher as visited on visit.visited_teacher_id = visited.teacher_id
left join visible_teacher as shown on visit.visited_teacher_id = shown.teacher_id
left join teacher as visitor on visit.visitor_teacher_id = visitor.teacher_id
where
    inquiry.team_id in (select unnest($team_ids))
    and ($inquiry_id is null or visit.inquiry_id = $inquiry_id)
    and ($visit_id is null or visit.visit_id = $visit_id)
    and visit.removed_at is null
order by coalesce(visit.held_on, visit.planned_on) nulls last, visit.visit_id
