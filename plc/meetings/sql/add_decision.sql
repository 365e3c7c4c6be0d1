-- A decision of a meeting.
-- parameters: $decision_id, $meeting_id, $team_ids, $test_id, $decision, $words, $decided_by, $decided_on, $decided_at
-- columns: decision_id
-- scope: team
-- duckdb only: on conflict
insert into meeting_decision
select
    $decision_id, meeting_id, team_id, inquiry_id, $test_id, $decision, $words, $decided_by, $decided_on,
    $decided_at
from meeting
where meeting_id = $meeting_id and team_id in (select unnest($team_ids))
on conflict (decision_id) do nothing
returning decision_id
