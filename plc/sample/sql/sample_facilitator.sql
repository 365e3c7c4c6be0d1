-- Who facilitates a made-up team.
-- parameters: $team_id
-- columns: teacher_id
-- scope: system
select teacher_id
from team_member
where team_id = $team_id and member_role = 'facilitator'
order by teacher_id nulls last
