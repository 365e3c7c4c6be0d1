-- A made-up inquiry's move into a phase.
-- parameters: $inquiry_id, $phase, $moved_from, $moved_on, $moved_at, $moved_by
-- columns: none
-- scope: system
insert into inquiry_phase (inquiry_id, phase, moved_from, moved_on, moved_at, moved_by, note)
values ($inquiry_id, $phase, $moved_from, $moved_on, $moved_at, $moved_by, null)
