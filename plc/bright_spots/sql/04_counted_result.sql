-- The one result of each student, assessment and standard that counts: the first scored attempt.
-- parameters: none
-- columns: student_key, section_key, assessment_key, standard_key, score
-- scope: system
select student_key, section_key, assessment_key, standard_key, score
from result
where attempt = 1 and score is not null
union all
select result.student_key, result.section_key, result.assessment_key, result.standard_key, result.score
from result
inner join late_attempt
    on
        result.student_key = late_attempt.student_key
        and result.assessment_key = late_attempt.assessment_key
        and result.standard_key = late_attempt.standard_key
        and result.attempt = late_attempt.first_attempt
