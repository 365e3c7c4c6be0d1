-- Record what became of a file of the inbox.
-- parameters: $entry_id, $file_name, $taken_at, $outcome, $upload_id, $words
-- columns: none
-- scope: system
insert into inbox_entry values ($entry_id, $file_name, $taken_at, $outcome, $upload_id, $words)
