-- Write down a move between phases.
-- parameters: $inquiry_id, $phase, $moved_from, $moved_on, $moved_at, $by, $note
-- columns: none
-- scope: system
insert into inquiry_phase (inquiry_id, phase, moved_from, moved_on, moved_at, moved_by, note)
values ($inquiry_id, $phase, $moved_from, $moved_on, $moved_at, $by, $note)
