-- Make room for new measurements of tests.
-- parameters: none
-- columns: none
-- scope: system
delete from test_effect where test_id in (select test_id from supplied)
