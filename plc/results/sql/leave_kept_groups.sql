-- Leave out the student groups that an upload may not state.
-- parameters: none
-- columns: none
-- scope: system
delete from stated_group
where (student_key, group_name) in (select (student_key, group_name) from kept_group)
