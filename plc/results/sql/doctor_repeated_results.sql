-- Results that are current more than once for one student, assessment, standard and attempt.
-- parameters: none
-- columns: found
-- scope: system
select count(*) as found
from (
    select student_key, assessment_key, standard_key, attempt
    from result
    group by student_key, assessment_key, standard_key, attempt
    having count(*) > 1
) as repeated
