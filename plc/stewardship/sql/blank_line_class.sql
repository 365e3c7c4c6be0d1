-- Other numbers for what a class stood in a frozen line with.
-- parameters: $line_id, $section_id, $figures
-- columns: none
-- scope: system
update seek_line_class set figures = $figures where line_id = $line_id and section_id = $section_id
