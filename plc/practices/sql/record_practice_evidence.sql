-- Keep what was computed.
-- parameters: none
-- columns: none
-- scope: system
insert into practice_evidence by name
select * from supplied
