-- The classes of the team that have results, as the step before found them.
-- parameters: $team_ids
-- columns: section_key, section_id, teachers, names, is_own, is_open
-- scope: team
select section_key, section_id, teachers, names, is_own, is_open
from seek_team_section
where
    team_id in (select unnest($team_ids))
    and section_key in (select seek_score.section_key from seek_score)
order by section_id nulls last
