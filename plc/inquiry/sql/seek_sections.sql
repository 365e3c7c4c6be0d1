-- The classes of the team in the course, as the step before found them, and whether they have results.
-- parameters: $team_ids
-- columns: section_key, section_id, teachers, names, is_own, has_results
-- scope: team
select
    section_key,
    section_id,
    teachers,
    names,
    is_own,
    section_key in (select seek_counted.section_key from seek_counted) as has_results
from seek_team_section
where team_id in (select unnest($team_ids))
order by section_id nulls last
