-- How many teachers of the course outside the team have results: from few, their figures could be worked out.
-- parameters: none
-- columns: teachers
-- scope: system
select count(distinct section_teacher.teacher_key) as teachers
from section_teacher
inner join (select distinct section_key from seek_counted) as scored
    on section_teacher.section_key = scored.section_key
where section_teacher.section_key not in (select seek_team_section.section_key from seek_team_section)
