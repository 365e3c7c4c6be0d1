-- The colleague checks of a card the viewer may open; who checked is told to its authors and to herself.
-- parameters: $practice_id
-- columns: check_id, practice_version, checker_teacher_id, checker_name, asked_at, could_follow, unclear, checked_at, is_author
-- scope: card
select
    checking.check_id,
    checking.practice_version,
    checking.checker_teacher_id,
    case when visible.is_author then teacher.name end as checker_name,
    checking.asked_at,
    checking.could_follow,
    checking.unclear,
    checking.checked_at,
    visible.is_author
from practice_check as checking
inner join visible_practice as visible on checking.practice_id = visible.practice_id
left join teacher on checking.checker_teacher_id = teacher.teacher_id
where checking.practice_id = $practice_id
order by checking.checked_at desc nulls first, checking.check_id nulls last
