-- Results whose student, section, assessment or standard is not current.
-- parameters: none
-- columns: found
-- scope: system
select count(*) as found
from result
left join student on student.student_key = result.student_key
left join section on section.section_key = result.section_key
left join assessment on assessment.assessment_key = result.assessment_key
left join standard on standard.standard_key = result.standard_key
where
    student.student_key is null
    or assessment.assessment_key is null
    or (result.section_key is not null and section.section_key is null)
    or (result.standard_key <> 0 and standard.standard_key is null)
