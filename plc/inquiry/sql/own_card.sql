-- A card that the team of a test may change: made in it, the viewer's own, or open to her team by its authors' word.
-- Of these she reads the latest words. One made elsewhere that its authors closed to the team stays theirs.
-- parameters: $practice_id, $team_id
-- columns: practice_id
-- scope: card
select practice.practice_id
from practice
inner join visible_practice as visible on practice.practice_id = visible.practice_id
where
    practice.practice_id = $practice_id
    and (practice.team_id = $team_id or visible.is_author or visible.of_team)
