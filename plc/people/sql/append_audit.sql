-- Appends entries to the audit, one per place of the lists; nothing in it is ever changed.
-- parameters: $entry_number, $happened_at, $actor_id, $role, $action, $thing, $subject_id, $refused, $previous_hash, $entry_hash
-- columns: none
-- scope: system
-- duckdb only: unnest of list parameters side by side
insert into audit_entry (
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
)
select
    unnest($entry_number),
    unnest($happened_at),
    unnest($actor_id),
    unnest($role),
    unnest($action),
    unnest($thing),
    unnest($subject_id),
    unnest($refused),
    unnest($previous_hash),
    unnest($entry_hash)
