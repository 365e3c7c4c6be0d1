-- What a made-up inquiry said when it was opened.
-- parameters: $inquiry_id, $wording, $opened_by, $opened_at
-- columns: none
-- scope: system
insert into inquiry_wording (inquiry_id, version, wording, written_by, written_at)
values ($inquiry_id, 1, $wording, $opened_by, $opened_at)
