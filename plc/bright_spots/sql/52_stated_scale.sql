-- The scales as the scan read them, kept aside while the reliability of their scores is moved.
-- parameters: none
-- columns: scale_key, assessment_key, grade, period_key, school_year, taken_on, is_outcome, is_baseline, error_variance, by_standard, standards
-- scope: system
select * from scale
