-- Write down that an inquiry was finished, abandoned or reopened, as its next event.
-- parameters: $inquiry_id, $state, $reason, $on, $at, $by
-- columns: none
-- scope: system
with event as (
    select inquiry_id from inquiry_phase
    union all
    select inquiry_id from inquiry_ending
)

insert into inquiry_ending (inquiry_id, state, reason, ended_on, ended_at, ended_by, step)
select $inquiry_id, $state, $reason, $on, $at, $by, count(*) + 1
from event
where inquiry_id = $inquiry_id
