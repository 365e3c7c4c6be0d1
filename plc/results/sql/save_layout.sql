-- Keep a layout under its name, in place of an earlier one.
-- parameters: $layout_id, $name, $header_sha256, $answers, $made_by, $made_at
-- columns: none
-- scope: system
-- duckdb only: insert or replace
insert or replace into import_layout
values ($layout_id, $name, $header_sha256, $answers, $made_by, $made_at)
