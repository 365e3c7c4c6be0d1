-- A page of what teams asked for, those that wait first, by their day; no name of who asked.
-- parameters: $school_ids, $whole_district, $school_id, $words, $state, $removable_by, $today, $limit, $offset
-- columns: barrier_id, team_id, team_name, school_id, barrier_kind, words, removable_by, asked_on, due_on, answer, answered_on, outcome, school_name, found
-- scope: school
-- duckdb only: unnest of a list parameter in a subquery
select barrier.*, named.school_name, count(*) over () as found
from asked_barrier as barrier
left join named_school as named on barrier.school_id = named.school_id
where
    ($whole_district or barrier.school_id in (select unnest($school_ids)))
    and ($school_id is null or barrier.school_id = $school_id)
    and ($removable_by is null or barrier.removable_by = $removable_by)
    and ($words is null or contains(lower(concat_ws(' ', barrier.words, barrier.team_name)), lower($words)))
    and case $state
        when 'waiting' then barrier.answered_on is null
        when 'late' then barrier.answered_on is null and barrier.due_on < $today
        when 'answered' then barrier.answered_on is not null
        else true
    end
order by
    case when barrier.answered_on is null then 0 else 1 end,
    case when barrier.answered_on is null then barrier.due_on end,
    barrier.answered_on desc,
    barrier.barrier_id
limit $limit offset $offset
