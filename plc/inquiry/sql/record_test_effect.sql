-- Store measurements of tests.
-- parameters: none
-- columns: none
-- scope: system
insert into test_effect by name
select * from supplied
