-- Students of a bundle: those it lists, or, where it lists none, those its enrolments and results name.
-- parameters: $listed
-- columns: number, known_key, pseudonym, pseudonym_unpadded
-- scope: system
with named as (
    select student from parsed_students where not bad and not blank
    union
    select student from parsed_enrollments where not bad and not blank and not $listed
    union
    select student from parsed_results where not bad and not blank and not $listed
    union
    select w.number as student from student_word w where w.student_key is not null
)
select distinct w.number, w.student_key as known_key, w.pseudonym, w.pseudonym_unpadded
from student_word w
where w.number in (select student from named)
