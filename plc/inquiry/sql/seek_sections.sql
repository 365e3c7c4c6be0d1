-- The classes of the team in the course, as the step before found them, their students, and whether they have results.
-- parameters: $team_ids
-- columns: section_key, section_id, teachers, names, is_own, students, has_results
-- scope: team
with enrolled as (
    select section_key, count(distinct student_key) as students
    from enrollment
    where share > 0 and section_key in (select seek_team_section.section_key from seek_team_section)
    group by section_key
)

select
    seek_team_section.section_key,
    seek_team_section.section_id,
    seek_team_section.teachers,
    seek_team_section.names,
    seek_team_section.is_own,
    coalesce(enrolled.students, 0) as students,
    seek_team_section.section_key in (select seek_counted.section_key from seek_counted) as has_results
from seek_team_section
left join enrolled on seek_team_section.section_key = enrolled.section_key
where seek_team_section.team_id in (select unnest($team_ids))
order by seek_team_section.section_id nulls last
