-- How many different ids of every candidate column mean a student, by every kind of id.
-- parameters: none
-- columns: candidate, id_type, found, spellings
-- scope: system
with spelled as (
    select candidate, count(*) as spellings from id_spelling group by candidate
)
select m.candidate, m.id_type, count(*) as found, min(s.spellings) as spellings
from id_match m
join spelled s on s.candidate = m.candidate
group by m.candidate, m.id_type
order by m.candidate, m.id_type
