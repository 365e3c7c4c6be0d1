-- Rows that bring something to classes that the uploader does not teach.
-- parameters: none
-- columns: line
-- scope: system
select m.line
from merged_result m
cross join uploader u
where
    (m.fresh or m.changed)
    and not exists (select 1 from own_section o where o.section_key = m.section_key)
    and not exists (select 1 from keyed_section k where k.fresh and k.section_key = m.section_key)
