-- Accounts linked to a teacher.
-- parameters: $teacher_id
-- columns: account_id
-- scope: self
select account_id from account where teacher_id = $teacher_id and removed_at is null
