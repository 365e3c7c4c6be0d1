-- A step of a meeting a made-up team held.
-- parameters: $meeting_id, $step_key, $step_order, $screen, $title, $minutes, $prompt, $state, $revealed_at
-- columns: none
-- scope: system
insert into meeting_step (
    meeting_id, step_key, step_order, screen, title, minutes, added_minutes, prompt, state, revealed_at
)
values ($meeting_id, $step_key, $step_order, $screen, $title, $minutes, 0, $prompt, $state, $revealed_at)
