-- Which student every spelling of an id column means, by every kind of id the roster knows; only where
-- exactly one student can be meant.
-- parameters: none
-- columns: candidate, text, id_type, student_key
-- scope: system
with known as (
    select 'student_id' as id_type, student_key, pseudonym, pseudonym_unpadded from student
    union all
    select id_type, student_key, pseudonym, pseudonym_unpadded from student_alias
),
exact as (
    select id_type, pseudonym, min(student_key) as student_key
    from known
    group by id_type, pseudonym
    having count(distinct student_key) = 1
),
short as (
    select id_type, pseudonym_unpadded, min(student_key) as student_key
    from known
    group by id_type, pseudonym_unpadded
    having count(distinct student_key) = 1
),
kinds as (
    select distinct id_type from known
)
select s.candidate, s.text, k.id_type, coalesce(e.student_key, u.student_key) as student_key
from id_spelling s
cross join kinds k
left join exact e on e.id_type = k.id_type and e.pseudonym = s.pseudonym
left join short u on u.id_type = k.id_type and u.pseudonym_unpadded = s.pseudonym_unpadded
where e.student_key is not null or u.student_key is not null
