-- Forget what the release before held, which `symbol` has.
-- parameters: $kind
-- columns: none
-- scope: system
delete from figure_unit where kind = $kind
