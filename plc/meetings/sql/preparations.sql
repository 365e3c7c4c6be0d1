-- The members of a team today, with what each said since its last meeting ended.
-- parameters: $team_id, $team_ids, $teacher_id, $today
-- columns: teacher_id, name, ready, words, own
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    member.teacher_id,
    coalesce(max(teacher.name), member.teacher_id) as name,
    coalesce(bool_or(said.ready), false) as ready,
    coalesce(max(said.words), '') as words,
    member.teacher_id = $teacher_id as own
from team_member as member
left join teacher on member.teacher_id = teacher.teacher_id
left join
    meeting_preparation as said
    on
        member.team_id = said.team_id
        and member.teacher_id = said.teacher_id
        and said.said_at > (
            select coalesce(max(meeting.ended_at), timestamp '1970-01-01 00:00:00')
            from meeting
            where meeting.team_id = $team_id and meeting.state = 'ended'
        )
where
    member.team_id = $team_id
    and member.team_id in (select unnest($team_ids))
    and member.joined_on <= $today
    and (member.left_on is null or member.left_on > $today)
group by member.teacher_id
order by name
