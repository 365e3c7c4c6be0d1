-- Every id of a student, as keyed pseudonyms.
-- parameters: $student_key
-- columns: id_type, pseudonym
-- scope: system
select 'student_id' as id_type, pseudonym from student_version where student_key = $student_key
union
select id_type, pseudonym from student_alias_version where student_key = $student_key
order by id_type nulls last, pseudonym nulls last
