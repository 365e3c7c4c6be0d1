-- The team that asked for something, whoever asks, to keep a refused attempt.
-- parameters: $barrier_id
-- columns: team_id
-- scope: system
select team_id from barrier where barrier_id = $barrier_id
