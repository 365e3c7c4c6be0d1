-- Write down a move between phases, as the next event of the inquiry.
-- parameters: $inquiry_id, $phase, $moved_from, $moved_on, $moved_at, $by, $note
-- columns: none
-- scope: system
with event as (
    select inquiry_id from inquiry_phase
    union all
    select inquiry_id from inquiry_ending
)

insert into inquiry_phase (inquiry_id, phase, moved_from, moved_on, moved_at, moved_by, note, step)
select $inquiry_id, $phase, $moved_from, $moved_on, $moved_at, $by, $note, count(*) + 1
from event
where inquiry_id = $inquiry_id
