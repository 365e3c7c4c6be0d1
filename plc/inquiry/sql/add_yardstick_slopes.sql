-- How far a result goes with the starting point inside a class, per assessment and standard, freed of the
-- starting test's own error; and where the course's students of the district stand on average: of yardsticks that
-- were taken just now.
-- parameters: $yardstick_ids, $least_share
-- columns: none
-- scope: system
insert into seek_yardstick_slope
with paired as (
    select
        seek_score.assessment_key,
        seek_score.standard_key,
        seek_score.section_key,
        seek_place.x,
        seek_score.z,
        seek_place.error_variance
    from seek_score
    inner join seek_place
        on
            seek_score.assessment_key = seek_place.assessment_key
            and seek_score.student_key = seek_place.student_key
),

within_class as (
    select
        assessment_key,
        standard_key,
        section_key,
        count(*) as students,
        sum(x * x) - count(*) * avg(x) * avg(x) as sxx,
        sum(x * z) - count(*) * avg(x) * avg(z) as sxz,
        sum(error_variance) * (count(*) - 1) / count(*) as error
    from paired
    group by assessment_key, standard_key, section_key
),

pooled as (
    select
        assessment_key,
        standard_key,
        -- Error is taken off as far as it leaves a stated share of the spread: in a class sorted by the
        -- starting test little but error would remain.
        sum(sxz) / nullif(greatest(sum(sxx) - sum(error), $least_share * sum(sxx)), 0) as slope
    from within_class
    group by assessment_key, standard_key
),

centre as (
    select assessment_key, standard_key, avg(x) as mean_x, avg(z) as mean_z
    from paired
    group by assessment_key, standard_key
),

scale as (
    select
        assessment_key,
        standard_key,
        stddev_samp(percent) as sd_percent,
        avg(percent) as mean_percent
    from seek_score
    group by assessment_key, standard_key
)

select
    seek_standing.yardstick_id,
    coalesce(standard.standard_id, '') as standard_id,
    pooled.slope,
    centre.mean_x,
    centre.mean_z,
    scale.sd_percent,
    scale.mean_percent
from scale
inner join seek_standing on scale.assessment_key = seek_standing.assessment_key
left join standard on scale.standard_key = standard.standard_key
left join pooled on scale.assessment_key = pooled.assessment_key and scale.standard_key = pooled.standard_key
left join centre on scale.assessment_key = centre.assessment_key and scale.standard_key = centre.standard_key
where seek_standing.yardstick_id in (select unnest($yardstick_ids))
