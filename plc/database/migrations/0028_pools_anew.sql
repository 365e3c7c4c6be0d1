-- Pools that were worked out before it was kept which tests stand in them: every test counted, also one that its
-- team had not released. They are told no longer; the running app pools these practices anew.

delete from practice_evidence_test
where practice_id in (
    select practice_id from practice_evidence
    where tests > 0 and practice_id not in (select practice_id from practice_shared_test)
);

delete from practice_evidence
where tests > 0 and practice_id not in (select practice_id from practice_shared_test);
