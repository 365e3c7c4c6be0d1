-- What the teams of the viewer's schools, or of the district, asked, open first; no name of who asked.
-- parameters: $school_ids, $whole_district, $barrier_id
-- columns: barrier_id, team_id, team_name, school_id, barrier_kind, words, removable_by, asked_on, due_on, answer, answered_on, outcome
-- scope: school
-- duckdb only: unnest of a list parameter in a subquery
select barrier.*
from asked_barrier as barrier
where
    ($whole_district or barrier.school_id in (select unnest($school_ids)))
    and ($barrier_id is null or barrier.barrier_id = $barrier_id)
order by
    case when barrier.answered_on is null then 0 else 1 end, barrier.due_on, barrier.asked_on, barrier.barrier_id
