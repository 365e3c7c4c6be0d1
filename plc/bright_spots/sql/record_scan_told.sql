-- Keep what each teacher is told from now on.
-- parameters: none
-- columns: none
-- scope: system
insert into scan_told
select teacher_id, subject, grade, scan_key, from_scan_key, figures_of from newly_told
