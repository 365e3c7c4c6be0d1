-- What a made-up team decided after a test.
-- parameters: $test_id, $decision, $reason, $decided_by, $decided_on, $decided_at
-- columns: none
-- scope: system
insert into test_decision (test_id, decision, reason, decided_by, decided_on, decided_at)
values ($test_id, $decision, $reason, $decided_by, $decided_on, $decided_at)
