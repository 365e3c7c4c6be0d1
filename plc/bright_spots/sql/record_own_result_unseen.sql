-- Note what this scan finds of teachers that they were not told before: it is theirs to see first.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into own_result_unseen
select found.teacher_id, found.subject, found.kind, found.part
from scan_flag as found
left join told_flag as told
    on
        found.teacher_id = told.teacher_id
        and found.subject = told.subject
        and found.kind = told.kind
        and found.part = told.part
left join own_result_unseen as unseen
    on
        found.teacher_id = unseen.teacher_id
        and found.subject = unseen.subject
        and found.kind = unseen.kind
        and found.part = unseen.part
where found.scan_key = $scan_key and told.teacher_id is null and unseen.teacher_id is null
