-- Keep what an inquiry says at a version.
-- parameters: $inquiry_id, $version, $wording, $by, $at
-- columns: none
-- scope: system
insert into inquiry_wording (inquiry_id, version, wording, written_by, written_at)
values ($inquiry_id, $version, $wording, $by, $at)
