-- The commitments that were given a later day in a meeting and closed since by nobody.
-- parameters: $meeting_id, $team_ids
-- columns: commitment_id
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select commitment.commitment_id
from commitment_change as change
inner join commitment on change.commitment_id = commitment.commitment_id
inner join meeting on change.meeting_id = meeting.meeting_id
where
    change.meeting_id = $meeting_id
    and commitment.team_id in (select unnest($team_ids))
    and commitment.state = 'open'
    and change.state = 'open'
    and change.due_on > meeting.meets_on
group by commitment.commitment_id
