-- A teacher's own figures beside each group of peers.
-- parameters: $teacher_id
-- columns: subject, peers, effect, lower_bound, upper_bound, probability, peers_in_school
-- scope: self
select
    subject,
    peers,
    effect,
    lower_bound,
    upper_bound,
    probability,
    peers_in_school
from scan_contrast
where teacher_id = $teacher_id and scan_key = (select max(scan.scan_key) from scan)
order by subject nulls last, peers nulls last
