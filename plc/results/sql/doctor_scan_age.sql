-- How many changes of results, or of which versions count together, the latest scan has not seen; null without
-- one. Other changes (a consent, a team, a measured test) leave it as it is.
-- parameters: none
-- columns: found
-- scope: system
with latest as (
    select max(finished_at) as finished_at from scan
),

changed as (
    select greatest(coalesce(confirmed_at, undone_at), coalesce(undone_at, confirmed_at)) as changed_at
    from upload
    union all
    select greatest(signed_at, coalesce(withdrawn_at, signed_at)) as changed_at from comparability
)

select
    case
        when latest.finished_at is not null
            then (select count(*) from changed where changed.changed_at > latest.finished_at)
    end as found
from latest
