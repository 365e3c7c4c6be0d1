-- Say that somebody was erased; nothing in it leads back to whom.
-- parameters: $erasure_id, $erased_at, $erased_by, $reason, $rows_erased
-- columns: none
-- scope: system
insert into erasure (erasure_id, erased_at, erased_by, reason, rows_erased, finished_at)
values ($erasure_id, $erased_at, $erased_by, $reason, $rows_erased, null)
