-- What a teacher's own figures of the latest scan are made of.
-- parameters: $teacher_id
-- columns: subject, mean_result, mean_expected, context, peer_mean, own_effect, own_error, mean_start, own_sections, sections_above, disagreement_probability, flagged, robust
-- scope: self
select
    subject,
    mean_result,
    mean_expected,
    context,
    peer_mean,
    own_effect,
    own_error,
    mean_start,
    own_sections,
    sections_above,
    disagreement_probability,
    flagged,
    robust
from scan_ingredient
where teacher_id = $teacher_id and scan_key = (select max(scan.scan_key) from scan)
order by subject nulls last
