-- Answer a barrier of the viewer's schools, or of any for who leads the district; one that is passed on waits for the district's answer.
-- parameters: $barrier_id, $school_ids, $whole_district, $answer, $answered_by, $outcome, $passed, $today
-- columns: none
-- scope: school
-- duckdb only: unnest of a list parameter in a subquery
update barrier
set
    answer = $answer,
    answered_by = $answered_by,
    answered_on = case when $passed then null else $today end,
    outcome = $outcome,
    removable_by = case when $passed then 'district' else removable_by end
where
    barrier_id = $barrier_id
    and answered_on is null
    and team_id in (
        select team_id from team where $whole_district or school_id in (select unnest($school_ids))
    )
