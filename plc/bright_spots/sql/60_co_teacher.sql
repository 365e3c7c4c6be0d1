-- Who teaches a class of a subject together with whom, now or at the scan before; and whether the colleague goes first
-- where the two are counted as one: who teaches with fewest others. That is by pairs: of two who each share a class with
-- a third who goes first, neither counts. Who has no share of a class teaches it too: it must never be two people's.
-- parameters: none
-- columns: subject, teacher_id, colleague_id, goes_first
-- scope: system
with taught as (
    select section_key, subject, teacher_id from class_teacher
    union
    select section_key, subject, teacher_id from scan_class_teacher
),

together as (
    select distinct mine.subject, mine.teacher_id, theirs.teacher_id as colleague_id
    from taught as mine
    inner join taught as theirs on mine.section_key = theirs.section_key and mine.teacher_id <> theirs.teacher_id
),

colleagues as (
    select subject, teacher_id, count(*) as number from together group by subject, teacher_id
)

select
    together.subject,
    together.teacher_id,
    together.colleague_id,
    theirs.number < mine.number or (theirs.number = mine.number and together.colleague_id < together.teacher_id) as goes_first
from together
inner join colleagues as mine on together.subject = mine.subject and together.teacher_id = mine.teacher_id
inner join colleagues as theirs on together.subject = theirs.subject and together.colleague_id = theirs.teacher_id
