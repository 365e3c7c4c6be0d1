-- How a made-up inquiry ended.
-- parameters: $inquiry_id, $state, $reason, $ended_on, $ended_at, $ended_by
-- columns: none
-- scope: system
insert into inquiry_ending (inquiry_id, state, reason, ended_on, ended_at, ended_by)
values ($inquiry_id, $state, $reason, $ended_on, $ended_at, $ended_by)
