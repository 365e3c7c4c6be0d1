-- Keep what classes had when a figure of their test was drawn.
-- parameters: none
-- columns: none
-- scope: system
insert into test_effect_class by name
select * from supplied
