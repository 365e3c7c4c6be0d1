-- Another day, time or protocol for a planned meeting, if nobody changed it in between.
-- parameters: $meeting_id, $team_ids, $version, $protocol_key, $meets_on, $meets_at
-- columns: version
-- scope: team
-- duckdb only: returning
update meeting
set
    protocol_key = $protocol_key,
    meets_on = $meets_on,
    meets_at = $meets_at,
    version = version + 1,
    -- Another day or time means another digest.
    digest_sent_at = case
        when meets_on = $meets_on and meets_at is not distinct from $meets_at then digest_sent_at
    end
where
    meeting_id = $meeting_id
    and team_id in (select unnest($team_ids))
    and state = 'planned'
    and version = $version
returning version
