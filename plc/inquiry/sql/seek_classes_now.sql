-- The classes behind these assessments as they stand today.
-- parameters: $assessment_ids
-- columns: assessment_id, standard_id, section_id, state, students
-- scope: system
select assessment_id, standard_id, section_id, state, students
from seek_class
where assessment_id in (select unnest($assessment_ids))
