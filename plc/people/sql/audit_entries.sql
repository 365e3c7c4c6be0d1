-- A stretch of the audit, in order.
-- parameters: $after, $limit
-- columns: entry_number, happened_at, actor_id, role, action, thing, subject_id, refused, previous_hash, entry_hash
-- scope: system
select
    entry_number,
    happened_at,
    actor_id,
    role,
    action,
    thing,
    subject_id,
    refused,
    previous_hash,
    entry_hash
from audit_entry
where entry_number > $after
order by entry_number nulls last
limit $limit
