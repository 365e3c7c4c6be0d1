-- Every move of an inquiry between phases and every ending, dated and signed, the latest first.
-- parameters: $team_ids, $inquiry_id
-- columns: what, came_from, happened_on, happened_at, signed_by, note
-- scope: team
with event as (
    select inquiry_id, phase as what, moved_from as came_from, moved_on as happened_on, moved_at as happened_at,
        moved_by as by_id, note, step
    from inquiry_phase
    union all
    select inquiry_id, state as what, null as came_from, ended_on as happened_on, ended_at as happened_at,
        ended_by as by_id, reason as note, step
    from inquiry_ending
)

select
    event.what,
    event.came_from,
    event.happened_on,
    event.happened_at,
    coalesce(teacher.name, 'someone of the team') as signed_by,
    event.note
from event
inner join inquiry on event.inquiry_id = inquiry.inquiry_id
left join teacher on event.by_id = teacher.teacher_id
where inquiry.inquiry_id = $inquiry_id and inquiry.team_id in (select unnest($team_ids))
order by event.happened_at desc nulls last, event.step desc
