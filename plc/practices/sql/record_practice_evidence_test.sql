-- Keep what was computed.
-- parameters: none
-- columns: none
-- scope: system
insert into practice_evidence_test by name
select * from supplied
