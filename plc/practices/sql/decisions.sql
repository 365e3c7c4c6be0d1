-- Every author of the viewer's own card with her latest decision, for its authors alone.
-- parameters: $practice_id, $teacher_id, $today
-- columns: teacher_id, name, is_owner, scope, name_shown, welcomes, until_on, in_force
-- scope: self
select
    author.teacher_id,
    teacher.name,
    author.is_owner,
    decision.scope,
    decision.name_shown,
    decision.welcomes,
    decision.until_on,
    coalesce(decision.until_on >= $today, false) as in_force
from card_author as author
left join teacher on author.teacher_id = teacher.teacher_id
left join
    practice_consent as decision
    on author.practice_id = decision.practice_id
    and author.teacher_id = decision.teacher_id
    and decision.withdrawn_at is null
where
    author.practice_id = $practice_id
    and exists (
        select 1 from card_author as own
        where own.practice_id = author.practice_id and own.teacher_id = $teacher_id
    )
order by author.is_owner desc nulls last, author.teacher_id nulls last
