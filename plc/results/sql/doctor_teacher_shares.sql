-- Sections whose teachers' shares do not add up to one.
-- parameters: none
-- columns: found
-- scope: system
select count(*) as found
from (
    select section_key
    from section_teacher
    group by section_key
    having abs(sum(share) - 1) > 0.001
) as uneven
