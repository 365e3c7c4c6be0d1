-- How many different ids and how many rows of every candidate column mean a student, by every kind of id.
-- parameters: none
-- columns: candidate, id_type, found, spellings, found_rows
-- scope: system
with spelled as (
    select candidate, count(*) as spellings from id_spelling group by candidate
)
select m.candidate, m.id_type, count(*) as found, min(s.spellings) as spellings, sum(t.text_rows) as found_rows
from id_match m
join id_spelling t on t.candidate = m.candidate and t.text = m.text
join spelled s on s.candidate = m.candidate
group by m.candidate, m.id_type
order by m.candidate, m.id_type
