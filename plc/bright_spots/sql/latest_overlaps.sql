-- How many flags each variant of the latest scan shares with it.
-- parameters: none
-- columns: subject, variant, flagged, flagged_in_variant, flagged_in_both
-- scope: system
select
    subject,
    variant,
    flagged,
    flagged_in_variant,
    flagged_in_both
from scan_overlap
where scan_key = (select max(scan.scan_key) from scan)
order by subject nulls last, variant nulls last
