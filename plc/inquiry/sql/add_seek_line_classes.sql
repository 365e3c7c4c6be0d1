-- The classes that stand in a frozen line.
-- parameters: $line_id, $section_ids, $figures
-- columns: none
-- scope: system
-- duckdb only: unnest of two lists side by side
insert into seek_line_class (line_id, section_id, figures)
select $line_id, unnest($section_ids), unnest($figures)
