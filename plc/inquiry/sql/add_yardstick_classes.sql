-- The classes behind yardsticks that are taken now.
-- parameters: $yardstick_ids
-- columns: none
-- scope: system
insert into seek_yardstick_class
select seek_yardstick.yardstick_id, seek_class.standard_id, seek_class.section_id, seek_class.state
from seek_class
inner join seek_yardstick on seek_class.assessment_id = seek_yardstick.assessment_id
where seek_yardstick.yardstick_id in (select unnest($yardstick_ids))
