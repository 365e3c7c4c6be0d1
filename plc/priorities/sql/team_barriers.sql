-- What the viewer's teams asked, open first, with the answers.
-- parameters: $team_ids
-- columns: barrier_id, team_id, team_name, school_id, barrier_kind, words, removable_by, asked_on, due_on, answer, answered_on, outcome
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select barrier.*
from asked_barrier as barrier
where barrier.team_id in (select unnest($team_ids))
order by
    case when barrier.answered_on is null then 0 else 1 end, barrier.due_on, barrier.asked_on, barrier.barrier_id
