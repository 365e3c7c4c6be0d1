-- Keep something else beside a release.
-- parameters: $kind, $generation, $context
-- columns: none
-- scope: system
update figure_release set context = $context where kind = $kind and generation = $generation
