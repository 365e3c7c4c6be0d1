-- Takes every link to a teacher back, when the made-up people they name leave.
-- parameters: none
-- columns: none
-- scope: system
update account set teacher_id = null
