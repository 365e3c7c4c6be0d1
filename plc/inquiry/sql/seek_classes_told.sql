-- The classes behind every yardstick there ever was of these assessments, by the course or by one that shares grades
-- with it.
-- parameters: $subject, $grade, $school_year, $assessment_ids
-- columns: yardstick_id, assessment_id, standard_id, section_id, state
-- scope: system
select
    seek_yardstick.yardstick_id,
    seek_yardstick.assessment_id,
    seek_yardstick_class.standard_id,
    seek_yardstick_class.section_id,
    seek_yardstick_class.state
from seek_yardstick
inner join seek_yardstick_class on seek_yardstick.yardstick_id = seek_yardstick_class.yardstick_id
where
    seek_yardstick.subject = $subject
    and seek_yardstick.school_year = $school_year
    and (seek_yardstick.grade is null or $grade is null or seek_yardstick.grade = $grade)
    and seek_yardstick.assessment_id in (select unnest($assessment_ids))
