-- Classes in frozen lines of teams in which the students in `gone_student` had results.
-- parameters: none
-- columns: line_id, section_id, figures
-- scope: system
select seek_line_class.line_id, seek_line_class.section_id, seek_line_class.figures
from seek_line_class
where seek_line_class.section_id in (
    select section_version.section_id
    from gone_student
    inner join result_version on gone_student.student_key = result_version.student_key
    inner join section_version on result_version.section_key = section_version.section_key
)
