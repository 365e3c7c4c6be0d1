-- The assessments behind what was told as usual in a subject, with the latest upload behind it.
-- parameters: $subject, $upload_key
-- columns: told_key, assessment_key, upload_key
-- scope: system
create or replace temp table told_at as
select 0 as told_key, assessment_key, cast($upload_key as bigint) as upload_key
from assessment
where subject = $subject and kind <> 'baseline'
