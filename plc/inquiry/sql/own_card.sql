-- A card that these teams may change: made in one of them, or written by a member of one today.
-- parameters: $practice_id, $team_ids, $today
-- columns: practice_id
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select practice.practice_id
from practice
where
    practice.practice_id = $practice_id
    and (
        practice.team_id in (select unnest($team_ids))
        or practice.practice_id in (
            select card_author.practice_id
            from card_author
            inner join team_member as member on card_author.teacher_id = member.teacher_id
            where
                member.team_id in (select unnest($team_ids))
                and (member.left_on is null or member.left_on > $today)
        )
    )
