-- Score scales with a score so far off that it may have set the spread itself, with bounds around the
-- median that it does not move: $reach times the median distance, which is 0.6745 SD of a normal scale. A few
-- wrong scores in a small group stay within a few SD of their own making, so small groups are looked at sooner.
-- parameters: $reach
-- columns: assessment_key, grade, standard_key, low_score, high_score
-- scope: system
with suspect as (
    select assessment_key, grade, standard_key
    from first_moment
    where farthest > sd_score * case when results < 200 then 3 else 6 end
),

middle as (
    select
        scale_score.assessment_key,
        scale_score.grade,
        scale_score.standard_key,
        median(scale_score.score) as middle_score
    from scale_score
    inner join suspect
        on
            scale_score.assessment_key = suspect.assessment_key
            and scale_score.grade = suspect.grade
            and scale_score.standard_key = suspect.standard_key
    group by scale_score.assessment_key, scale_score.grade, scale_score.standard_key
),

distance as (
    select
        scale_score.assessment_key,
        scale_score.grade,
        scale_score.standard_key,
        middle.middle_score,
        median(abs(scale_score.score - middle.middle_score)) / 0.6745 as robust_sd
    from scale_score
    inner join middle
        on
            scale_score.assessment_key = middle.assessment_key
            and scale_score.grade = middle.grade
            and scale_score.standard_key = middle.standard_key
    group by scale_score.assessment_key, scale_score.grade, scale_score.standard_key, middle.middle_score
)

select
    assessment_key,
    grade,
    standard_key,
    middle_score - cast($reach as double) * robust_sd as low_score,
    middle_score + cast($reach as double) * robust_sd as high_score
from distance
where robust_sd > 0
