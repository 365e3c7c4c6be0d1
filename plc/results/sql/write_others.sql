-- Write the rows of others' results also where they say the same.
-- parameters: none
-- columns: none
-- scope: system
update merged_result set changed = true where not fresh and line in (select line from others_line)
