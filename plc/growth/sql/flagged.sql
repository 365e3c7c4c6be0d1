-- The teachers whose students caught up more often than expected, by subject, as of the latest look.
-- parameters: none
-- columns: teacher_id, subject
-- scope: system
select teacher_id, subject from own_catch_up where exceeds
