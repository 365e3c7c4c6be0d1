-- Note that a teacher's students newly catch up more often than expected: it is hers to see first.
-- parameters: $teacher_id, $subject
-- columns: none
-- scope: self
insert into own_result_unseen (teacher_id, subject, kind, part)
values ($teacher_id, $subject, 'catching up', '')
