-- Who is in a team today, to tell each of them that somebody tried to reach it.
-- parameters: $team_id
-- columns: teacher_id
-- scope: system
select distinct teacher_id from team_member where team_id = $team_id and left_on is null order by teacher_id
