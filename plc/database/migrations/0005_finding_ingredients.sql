-- What a figure is made of, so that it can be opened on screen, and what a scan could not say.

alter table scan add column withheld varchar default '';
alter table scan_finding add column grade_band varchar default '';
alter table scan_finding add column independent_sections integer default 0;
alter table scan_finding add column reliability double;
alter table scan_finding add column own_effect double;
alter table scan_finding add column mean_result double;
alter table scan_finding add column mean_expected double;
alter table scan_finding add column deviation double;
