-- Where starting points stand today, for yardsticks that are taken now.
-- parameters: $yardstick_ids
-- columns: none
-- scope: system
insert into seek_yardstick_start
select asked.yardstick_id, seek_start_scale.start_id, seek_start_scale.mean_share, seek_start_scale.sd_share
from seek_start_scale
cross join (select unnest($yardstick_ids) as yardstick_id) as asked
