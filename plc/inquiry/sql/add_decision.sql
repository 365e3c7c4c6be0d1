-- Write down what a team decided on a test of its own.
-- parameters: $team_ids, $test_id, $decision, $reason, $by, $on, $at, $next_test_id
-- columns: none
-- scope: team
insert into test_decision (test_id, decision, reason, decided_by, decided_on, decided_at, next_test_id)
select practice_test.test_id, $decision, $reason, $by, $on, $at, $next_test_id
from practice_test
where practice_test.test_id = $test_id and practice_test.team_id in (select unnest($team_ids))
