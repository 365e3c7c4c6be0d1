-- Keep a flagged teacher's probability in each variant.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_variant (
    scan_key, teacher_id, subject, variant, probability
)
select
    $scan_key as scan_key,
    teacher_id,
    subject,
    variant,
    probability
from supplied
