-- Consenting teachers whose students caught up more often than expected, once they have seen it, in the order of
-- names, which says nothing of results: the name alone.
-- parameters: $minimum
-- columns: subject, teacher_id, name, teachers
-- scope: visible
select own_catch_up.subject, teacher.teacher_id, coalesce(teacher.name, teacher.teacher_id) as name, own_catch_up.teachers
from own_catch_up
inner join visible_teacher on own_catch_up.teacher_id = visible_teacher.teacher_id
inner join teacher on own_catch_up.teacher_id = teacher.teacher_id
left join own_result_unseen as unseen
    on
        own_catch_up.teacher_id = unseen.teacher_id
        and own_catch_up.subject = unseen.subject
        and unseen.kind = 'catching up'
where own_catch_up.exceeds and own_catch_up.students >= $minimum and unseen.teacher_id is null
order by own_catch_up.subject nulls last, name nulls last, teacher.teacher_id nulls last
