-- Keep what each teacher's own figure is made of.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_ingredient (
    scan_key, teacher_id, subject, mean_result, mean_expected, context, peer_mean, own_effect, own_error,
    mean_start, own_sections, sections_above, disagreement, disagreement_probability, flagged, robust
)
select
    $scan_key as scan_key,
    teacher_id,
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
    disagreement,
    disagreement_probability,
    flagged,
    robust
from supplied
