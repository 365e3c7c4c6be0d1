-- Mean and spread of every score scale, and the scores $farthest SD from the mean, beyond which a score counts
-- as being there. Where a score far off set the spread itself, both are found within the bounds of its scale.
-- parameters: $farthest
-- columns: assessment_key, grade, standard_key, results, mean_score, sd_score, low_score, high_score
-- scope: system
with bounded as (
    select
        scale_score.assessment_key,
        scale_score.grade,
        scale_score.standard_key,
        avg(least(greatest(scale_score.score, stray_scale.low_score), stray_scale.high_score)) as mean_score,
        stddev_samp(least(greatest(scale_score.score, stray_scale.low_score), stray_scale.high_score)) as sd_score
    from scale_score
    inner join stray_scale
        on
            scale_score.assessment_key = stray_scale.assessment_key
            and scale_score.grade = stray_scale.grade
            and scale_score.standard_key = stray_scale.standard_key
    group by scale_score.assessment_key, scale_score.grade, scale_score.standard_key
),

settled as (
    select
        first_moment.assessment_key,
        first_moment.grade,
        first_moment.standard_key,
        first_moment.results,
        coalesce(bounded.mean_score, first_moment.mean_score) as mean_score,
        coalesce(bounded.sd_score, first_moment.sd_score) as sd_score
    from first_moment
    left join bounded
        on
            first_moment.assessment_key = bounded.assessment_key
            and first_moment.grade = bounded.grade
            and first_moment.standard_key = bounded.standard_key
)

select
    assessment_key,
    grade,
    standard_key,
    results,
    mean_score,
    sd_score,
    mean_score - cast($farthest as double) * sd_score as low_score,
    mean_score + cast($farthest as double) * sd_score as high_score
from settled
