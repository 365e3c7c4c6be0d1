-- Blank what was said of files of the inbox where it quotes an id.
-- parameters: $student_id, $words
-- columns: none
-- scope: system
update inbox_entry set words = $words where contains(words, $student_id)
