-- Made-up teachers gave their consent for the schools where they teach.
-- parameters: none
-- columns: none
-- scope: system
insert into consent_school (consent_id, teacher_id, school_id)
select distinct consent.consent_id, teaching.teacher_id, teaching.school_id
from consent
inner join current_teaching as teaching on consent.teacher_id = teaching.teacher_id
where teaching.school_id is not null
