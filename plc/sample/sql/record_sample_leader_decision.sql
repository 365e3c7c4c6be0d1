-- What a made-up principal decided.
-- parameters: $decision_id, $school_id, $words, $made_on, $due_on, $made_at
-- columns: none
-- scope: system
insert into leader_decision
    (decision_id, school_id, words, due_on, made_by, made_on, made_at, state, version)
values ($decision_id, $school_id, $words, $due_on, 'principal', $made_on, $made_at, 'open', 1)
