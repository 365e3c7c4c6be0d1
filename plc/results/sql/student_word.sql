-- Which student every id of the file means: the one with this id as written; else the only one whose id
-- differs by leading zeros, in the bundle's own roster or among those already loaded, unless the file itself
-- writes such ids in two ways; else someone new.
-- parameters: none
-- columns: text, number, pseudonym, pseudonym_unpadded, unreadable, student_key, ambiguous
-- scope: system
with counted as (
    select
        *,
        count(*) filter (is_roster) over (partition by pseudonym_unpadded) as on_roster,
        count(*) filter (not is_roster) over (partition by pseudonym_unpadded) as elsewhere
    from student_spelling
),
borrowed as (
    select c.text, r.text as meant
    from counted c
    join counted r on r.pseudonym_unpadded = c.pseudonym_unpadded and r.is_roster
    left join student e on e.pseudonym = c.pseudonym
    where not c.is_roster and c.on_roster = 1 and c.elsewhere = 1 and e.student_key is null
),
own as (
    select
        c.text,
        c.pseudonym,
        c.pseudonym_unpadded,
        c.unreadable,
        c.is_roster,
        c.on_roster,
        row_number() over (order by c.text) as number,
        count(*) over (partition by c.pseudonym_unpadded) as spellings
    from counted c
    where c.text not in (select text from borrowed)
),
unpadded_student as (
    select pseudonym_unpadded, count(*) as students, min(student_key) as student_key
    from student
    group by pseudonym_unpadded
),
matched as (
    select
        o.text,
        o.number,
        o.pseudonym,
        o.pseudonym_unpadded,
        o.unreadable,
        coalesce(e.student_key, case when u.students = 1 and o.spellings = 1 then u.student_key end) as student_key,
        e.student_key is null
        and (
            (u.students is not null and (u.students > 1 or o.spellings > 1)) or (not o.is_roster and o.on_roster > 0)
        ) as ambiguous
    from own o
    left join student e on e.pseudonym = o.pseudonym
    left join unpadded_student u on u.pseudonym_unpadded = o.pseudonym_unpadded
)
select text, number, pseudonym, pseudonym_unpadded, unreadable, student_key, ambiguous
from matched
union all
select b.text, m.number, m.pseudonym, m.pseudonym_unpadded, m.unreadable, m.student_key, m.ambiguous
from borrowed b
join matched m on m.text = b.meant
