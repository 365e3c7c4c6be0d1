-- Keep each teacher's own figure beside each group of peers.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_contrast (
    scan_key, teacher_id, subject, peers, effect, lower_bound, upper_bound, probability, peers_in_school
)
select
    $scan_key as scan_key,
    teacher_id,
    subject,
    peers,
    effect,
    supplied.lower as lower_bound,
    supplied.upper as upper_bound,
    probability,
    peers_in_school
from supplied
