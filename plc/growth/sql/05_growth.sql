-- Step 5: each student's growth percentile over the next year: percent_rank of the later gap among
-- those of the same subject, grade and year who began in the same bin (25 bins of the starting gap,
-- fewer where a bin would hold under $fewest_students). `needed` is the normal quantile of constant
-- growth that reaches the cut in $years years under year-to-year correlation r:
-- (c - r^H z)(1 - r) / (sqrt(1 - r^2)(1 - r^H)); growth is adequate where the percentile's is not less.
-- `$quantiles` are the normal quantiles of percentiles 1 to 99.
-- parameters: $quantiles, $bins, $fewest_students, $years, $usual_correlation, $fewest_pairs, $lowest_correlation, $highest_correlation
-- columns: student_key, subject, start_year, percentile, needed, adequate
-- scope: system
create or replace temp table growth as
with quantiles as (select cast($quantiles as double[]) as of_percentile),
next_year as (
    select *, count(*) over (partition by subject, grade, start_year) as peers
    from later_status
    where horizon = 1
),
correlation as (
    select
        subject,
        case
            when count(start_standing + standing) < $fewest_pairs then $usual_correlation
            else least(
                greatest(coalesce(corr(start_standing, standing), $usual_correlation), $lowest_correlation),
                $highest_correlation
            )
        end as r
    from next_year
    group by subject
),
begun as (
    select
        *,
        least(greatest(floor(peers / $fewest_students), 1), $bins) as bins,
        percent_rank() over (partition by subject, grade, start_year order by start_gap) as start_rank
    from next_year
    where peers >= $fewest_students
),
binned as (
    select *, least(floor(start_rank * bins), bins - 1) as start_bin
    from begun
),
grown as (
    select
        student_key,
        subject,
        start_year,
        start_standing,
        cut_standing,
        least(
            greatest(
                round(
                    100 * percent_rank() over (
                        partition by subject, grade, start_year, start_bin order by gap
                    )
                ),
                1
            ),
            99
        ) as percentile
    from binned
),
needing as (
    select
        grown.student_key,
        grown.subject,
        grown.start_year,
        grown.percentile,
        (grown.cut_standing - power(correlation.r, $years) * grown.start_standing)
        * (1 - correlation.r)
        / (sqrt(1 - correlation.r * correlation.r) * (1 - power(correlation.r, $years))) as needed
    from grown
    join correlation on correlation.subject = grown.subject
)
select
    needing.student_key,
    needing.subject,
    needing.start_year,
    needing.percentile,
    needing.needed,
    quantiles.of_percentile[cast(needing.percentile as integer)] >= needing.needed as adequate
from needing
cross join quantiles
