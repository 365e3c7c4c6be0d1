-- Standards that a bundle's results name.
-- parameters: none
-- columns: number, standard_id
-- scope: system
select row_number() over (order by standard) as number, standard as standard_id
from parsed_results
where not bad and not blank and standard is not null
group by standard
