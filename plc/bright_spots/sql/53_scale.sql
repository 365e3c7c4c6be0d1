-- The scales with every reliability moved by $shift, between 0 and 1.
-- parameters: $shift
-- columns: scale_key, assessment_key, grade, period_key, school_year, taken_on, is_outcome, is_baseline, error_variance, by_standard, standards
-- scope: system
select
    scale_key,
    assessment_key,
    grade,
    period_key,
    school_year,
    taken_on,
    is_outcome,
    is_baseline,
    least(greatest(error_variance - cast($shift as double), 0.0), 1.0) as error_variance,
    by_standard,
    standards
from stated_scale
