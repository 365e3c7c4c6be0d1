-- A flagged teacher's own probabilities when an assumption is another.
-- parameters: $teacher_id
-- columns: subject, variant, probability
-- scope: self
select
    subject,
    variant,
    probability
from scan_variant
where teacher_id = $teacher_id and scan_key = (select max(scan.scan_key) from scan)
order by subject nulls last, variant nulls last
