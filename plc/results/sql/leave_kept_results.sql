-- Leave out the rows about results that stay as they are.
-- parameters: none
-- columns: none
-- scope: system
delete from numbered_row where line in (select line from kept_result)
