-- Forget who taught whom in the release before, which `teaching` has.
-- parameters: $kind
-- columns: none
-- scope: system
delete from figure_teacher where kind = $kind
