-- Keep who teaches each class at this scan.
-- parameters: none
-- columns: none
-- scope: system
insert into scan_class_teacher
select section_key, teacher_id, subject, grade, share from class_teacher
