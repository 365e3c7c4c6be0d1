-- Who loaded results of the classes behind yardsticks that are taken now.
-- parameters: $yardstick_ids
-- columns: none
-- scope: system
insert into seek_yardstick_hand
select seek_yardstick.yardstick_id, seek_hand.section_id, seek_hand.uploaded_by
from seek_hand
inner join seek_yardstick on seek_hand.assessment_id = seek_yardstick.assessment_id
where seek_yardstick.yardstick_id in (select unnest($yardstick_ids))
