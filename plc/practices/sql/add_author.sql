-- A co-author of a card, unless she is one.
-- parameters: $practice_id, $coauthor_id, $teacher_id, $added_at
-- columns: practice_id
-- scope: self
insert into practice_author (practice_id, teacher_id, added_by, added_at)
select $practice_id, $coauthor_id, $teacher_id, $added_at
where
    exists (select 1 from teacher where teacher.teacher_id = $coauthor_id)
    and not exists (
        select 1 from practice_author
        where practice_id = $practice_id and teacher_id = $coauthor_id and left_at is null
    )
    and not exists (
        select 1 from practice where practice_id = $practice_id and owner_teacher_id = $coauthor_id
    )
returning practice_id
