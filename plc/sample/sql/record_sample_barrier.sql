-- What a made-up team asked, with the answer where there is one.
-- parameters: $barrier_id, $team_id, $inquiry_id, $meeting_id, $kind, $words, $removable_by, $asked_by, $asked_on, $due_on, $answer, $answered_on, $outcome
-- columns: none
-- scope: system
insert into barrier (
    barrier_id, team_id, inquiry_id, meeting_id, barrier_kind, words, removable_by, asked_by, asked_on, due_on,
    answer, answered_by, answered_on, outcome
)
values (
    $barrier_id, $team_id, $inquiry_id, $meeting_id, $kind, $words, $removable_by, $asked_by, $asked_on, $due_on,
    $answer, case when cast($answered_on as date) is null then null else 'principal' end, $answered_on, $outcome
)
