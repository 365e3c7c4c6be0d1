-- Keeps one draw of who starts.
-- parameters: $test_id, $seed, $drawn, $drawn_by, $drawn_at
-- columns: none
-- scope: system
insert into test_assignment (test_id, seed, drawn, drawn_by, drawn_at, undone_at)
values ($test_id, $seed, $drawn, $drawn_by, $drawn_at, null)
