-- A result that is loaded stays in its class, unless that is the uploader's own.
-- parameters: none
-- columns: none
-- scope: system
update incoming_result
set section_key = h.section_key
from result h
where
    exists (select 1 from uploader)
    and h.student_key = incoming_result.student_key
    and h.assessment_key = incoming_result.assessment_key
    and h.standard_key = incoming_result.standard_key
    and h.attempt = incoming_result.attempt
    and h.section_key is not null
    and h.section_key not in (select section_key from own_section)
