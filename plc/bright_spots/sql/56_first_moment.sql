-- Mean and spread of every score scale as the scores stand, and how far the farthest score is.
-- parameters: none
-- columns: assessment_key, grade, standard_key, results, mean_score, sd_score, farthest
-- scope: system
select
    assessment_key,
    grade,
    standard_key,
    count(*) as results,
    avg(score) as mean_score,
    stddev_samp(score) as sd_score,
    greatest(max(score) - avg(score), avg(score) - min(score)) as farthest
from scale_score
group by assessment_key, grade, standard_key
