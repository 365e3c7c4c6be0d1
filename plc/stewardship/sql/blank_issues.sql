-- Blank what was said of uploads where it quotes an id.
-- parameters: $student_id, $words
-- columns: none
-- scope: system
update upload_issue set message = $words where contains(message, $student_id)
