-- The tests whose teams let everyone read their result.
-- parameters: none
-- columns: test_id
-- scope: system
select distinct test_id from practice_test_release where taken_back_at is null
