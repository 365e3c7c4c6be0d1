-- The median growth percentile of those who began behind, by cell.
-- parameters: none
-- columns: subject, dimension, cell, median_percentile
-- scope: system
select start.subject, proposed_place.dimension, proposed_place.cell, median(start.percentile) as median_percentile
from start
join proposed_place
    on proposed_place.frame = start.subject
    and proposed_place.unit = cast(start.student_key as bigint) * 10000 + start.start_year + 1
where start.behind = 1 and start.horizon = 1 and start.percentile is not null
group by start.subject, proposed_place.dimension, proposed_place.cell
order by start.subject nulls last, proposed_place.dimension nulls last, proposed_place.cell nulls last
