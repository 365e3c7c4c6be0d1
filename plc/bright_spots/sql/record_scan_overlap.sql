-- Keep how many flags each variant shares with the scan.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_overlap (
    scan_key, subject, variant, flagged, flagged_in_variant, flagged_in_both
)
select
    $scan_key as scan_key,
    subject,
    variant,
    flagged,
    flagged_in_variant,
    flagged_in_both
from supplied
