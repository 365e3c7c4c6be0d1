-- What each eighth of a class's students showed at the latest scan, for the next to see of how many results changed;
-- null of a scan before this was kept.
alter table scan_class_state add column eighths ubigint;
