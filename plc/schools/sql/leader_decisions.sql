-- What leaders of the viewer's schools, or of the district, will do: open ones, and those closed lately.
-- parameters: $school_ids, $of_district, $since
-- columns: decision_id, school_id, words, due_on, made_by, made_on, state, closed_on, version
-- scope: school
-- duckdb only: unnest of a list parameter in a subquery
select decision_id, school_id, words, due_on, made_by, made_on, state, closed_on, version
from leader_decision
where
    (state = 'open' or closed_on >= $since)
    and case when $of_district then school_id is null else school_id in (select unnest($school_ids)) end
order by case when state = 'open' then 0 else 1 end, due_on, decision_id
