-- A change of a commitment, kept for the record.
-- parameters: $commitment_id, $team_ids, $meeting_id, $state, $due_on, $line, $changed_by, $changed_at
-- columns: none
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
insert into commitment_change
select commitment_id, $meeting_id, $state, $due_on, $line, $changed_by, $changed_at
from commitment
where commitment_id = $commitment_id and team_id in (select unnest($team_ids))
