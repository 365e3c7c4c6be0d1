-- Take back a note to a team that has not answered it yet.
-- parameters: $support_id, $given_by, $school_ids, $whole_district, $now
-- columns: support_id
-- scope: school
-- duckdb only: returning
update team_support set taken_back_at = $now
where
    support_id = $support_id
    and given_by = $given_by
    and answer is null
    and taken_back_at is null
    and team_id in (
        select team_id from team where $whole_district or school_id in (select unnest($school_ids))
    )
returning support_id
