-- What a made-up team decided in a meeting.
-- parameters: $decision_id, $meeting_id, $decision, $words, $decided_by, $met_on, $decided_at
-- columns: none
-- scope: system
insert into meeting_decision (
    decision_id, meeting_id, team_id, inquiry_id, decision, words, decided_by, decided_on, decided_at
)
select $decision_id, meeting_id, team_id, inquiry_id, $decision, $words, $decided_by, $met_on, $decided_at
from meeting
where meeting_id = $meeting_id
