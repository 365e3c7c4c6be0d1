-- Students of a results file with at least one row that can be kept.
-- parameters: none
-- columns: number, known_key, pseudonym, pseudonym_unpadded
-- scope: system
select distinct w.number, w.student_key as known_key, w.pseudonym, w.pseudonym_unpadded
from student_word w
where exists (select 1 from placed_row p where p.student = w.number and p.problem is null)
