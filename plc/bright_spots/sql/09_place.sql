-- One row per student and section (or period without a section): sum of outcomes, last result, the last one
-- of a test that enough classes took, and the baseline of the period. Scales are numbered by date, so the
-- greatest scale is the latest. A test only a few classes took is neither outcome nor starting point.
-- parameters: none
-- columns: student_key, place_key, period_key, outcomes, sum_y, last_scale, start_scale, start_y, baseline_scale, baseline_y
-- scope: system
with standardised as (
    select
        student_result.student_key,
        student_result.place_key,
        student_result.scale_key,
        scale.period_key,
        few_takers.scale_key is null as is_shared,
        scale.is_outcome and few_takers.scale_key is null as is_outcome,
        scale.is_baseline and few_takers.scale_key is null as is_baseline,
        (student_result.z - scale_spread.mean_z) / scale_spread.sd_z as y
    from student_result
    inner join scale on student_result.scale_key = scale.scale_key
    inner join scale_spread on student_result.scale_key = scale_spread.scale_key
    left join few_takers on student_result.scale_key = few_takers.scale_key
    where scale_spread.sd_z is not null
)

select
    student_key,
    place_key,
    period_key,
    sum(case when is_outcome then 1 else 0 end) as outcomes,
    sum(case when is_outcome then y else 0 end) as sum_y,
    max(scale_key) as last_scale,
    max(case when is_shared then scale_key end) as start_scale,
    max_by(case when is_shared then y end, case when is_shared then scale_key end) as start_y,
    min(case when is_baseline then scale_key end) as baseline_scale,
    min_by(case when is_baseline then y end, case when is_baseline then scale_key end) as baseline_y
from standardised
group by student_key, place_key, period_key
