-- How long an answer took, over the same schools; and what waits.
-- parameters: $school_ids, $whole_district, $school_id, $today
-- columns: median_days, answered, waiting, late
-- scope: school
-- duckdb only: median; unnest of a list parameter in a subquery
select
    median(date_diff('day', barrier.asked_on, barrier.answered_on)) as median_days,
    count(barrier.answered_on) as answered,
    count(*) filter (where barrier.answered_on is null) as waiting,
    count(*) filter (where barrier.answered_on is null and barrier.due_on < $today) as late
from barrier
inner join team on barrier.team_id = team.team_id
where
    ($whole_district or team.school_id in (select unnest($school_ids)))
    and ($school_id is null or team.school_id = $school_id)
