-- Practices whose stored evidence no longer says what their tests do: never computed, a test's planned end has come, or
-- a team has decided since.
-- parameters: $today
-- columns: practice_id
-- scope: system
select distinct test.practice_id
from practice_test as test
left join practice_evidence as evidence on test.practice_id = evidence.practice_id
left join practice_evidence_test as beside on test.test_id = beside.test_id
left join test_decision as decided on test.test_id = decided.test_id
where
    test.state <> 'draft'
    and (
        evidence.computed_at is null
        or (beside.place = 'still running' and test.ends_on <= $today)
        or decided.decided_at > evidence.computed_at
    )
order by test.practice_id nulls last
