-- Forget where the release before held them, which `placed` has.
-- parameters: $kind
-- columns: none
-- scope: system
delete from figure_place where kind = $kind
