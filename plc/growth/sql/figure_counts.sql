-- How many units stand behind each whole and each of its cells, and for how many it holds. Dimension and cell are
-- empty for the whole.
-- parameters: none
-- columns: whole, subject, dimension, cell, starts, hits
-- scope: system
select
    whole,
    subject,
    '' as dimension,
    '' as cell,
    count(*) as starts,
    sum(cast(contribution as integer)) as hits
from proposed_unit
group by whole, subject
union all
select
    proposed_unit.whole,
    proposed_unit.subject,
    proposed_place.dimension,
    proposed_place.cell,
    count(*) as starts,
    sum(cast(proposed_unit.contribution as integer)) as hits
from proposed_unit
join proposed_place on proposed_place.frame = proposed_unit.subject and proposed_place.unit = proposed_unit.unit
group by proposed_unit.whole, proposed_unit.subject, proposed_place.dimension, proposed_place.cell
order by whole nulls last, dimension nulls last, cell nulls last
