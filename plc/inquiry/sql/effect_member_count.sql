-- What became of the students of each class: there at the start, with a result after, compared, compared and seen
-- before, left out without a start, joined after the start.
-- parameters: none
-- columns: section_key, there, stayed, compared, both_sides, without_start, joined
-- scope: system
select
    section_key,
    sum(case when there then 1 else 0 end) as there,
    sum(case when there and after then 1 else 0 end) as stayed,
    sum(case when there and after and started then 1 else 0 end) as compared,
    sum(case when there and after and started and before then 1 else 0 end) as both_sides,
    sum(case when there and after and not started then 1 else 0 end) as without_start,
    sum(case when not there and after then 1 else 0 end) as joined
from effect_member
group by section_key
order by section_key
