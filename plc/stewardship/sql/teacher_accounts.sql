-- The accounts that are a teacher's.
-- parameters: $teacher_id
-- columns: account_id
-- scope: system
select account_id from account where teacher_id = $teacher_id order by account_id
