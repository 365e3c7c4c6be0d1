-- Standards of a results file.
-- parameters: none
-- columns: number, standard_id
-- scope: system
select row_number() over (order by standard) as number, standard as standard_id
from placed_row
where problem is null and standard is not null
group by standard
