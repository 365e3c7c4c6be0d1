-- A new priority.
-- parameters: $priority_id, $school_id, $title, $subject, $grades, $set_by, $set_at
-- columns: none
-- scope: system
insert into priority (priority_id, school_id, title, subject, grades, set_by, set_at)
values ($priority_id, $school_id, $title, $subject, $grades, $set_by, $set_at)
