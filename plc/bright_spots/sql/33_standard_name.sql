-- Standards as schools write them.
-- parameters: none
-- columns: standard_key, standard_id
-- scope: system
select standard_key, standard_id
from standard
order by standard_key
