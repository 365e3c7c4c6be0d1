-- Every figure of a kind that was ever shown, by the generation that worked it out.
-- parameters: $kind
-- columns: table_name, cell, made_in
-- scope: system
select distinct table_name, cell, made_in
from figure_cell
where kind = $kind and made_in is not null
order by made_in nulls last, table_name nulls last, cell nulls last
