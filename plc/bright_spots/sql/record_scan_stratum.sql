-- Keep the totals of the strata that enough teachers share.
-- parameters: $scan_key
-- columns: none
-- scope: system
insert into scan_stratum (
    scan_key, subject, stratum, grades, school_years, sections, teachers, sum_weight, sum_weighted_effect
)
select
    $scan_key as scan_key,
    subject,
    stratum,
    grades,
    school_years,
    sections,
    teachers,
    sum_weight,
    sum_weighted_effect
from supplied
