-- Whose results the person who looks knows, in whatever seat she sits: her own, and those opened to her within an
-- agreement of a team once their teacher had seen them herself, but of nobody in `shut_out`. Null $team_ids are all.
-- parameters: $person_id, $team_ids, $today
-- columns: teacher_id
-- scope: consent
-- duckdb only: unnest of a list parameter in a subquery
select cast($person_id as varchar) as teacher_id
where cast($person_id as varchar) is not null
union
select opened.teacher_id
from opened_result as opened
inner join seen_own_result as seen on opened.teacher_id = seen.teacher_id
left join shut_out on opened.teacher_id = shut_out.teacher_id
where
    opened.reader_teacher_id = $person_id
    and ($team_ids is null or opened.team_id in (select unnest(cast($team_ids as varchar[]))))
    and opened.opened_on <= $today
    and opened.agreed_on <= $today
    and opened.until_on >= $today
    and shut_out.teacher_id is null
