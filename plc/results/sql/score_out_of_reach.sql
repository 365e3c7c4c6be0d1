-- Scores far above the others of their assessment in the file, where enough of them are given: beyond so many
-- robust SD of the median. `rejected` is one that no maximum score explains and that is also many times the next
-- largest. Where more than half of the scores are equal, the SD of the scores below the largest stands in.
-- parameters: $enough_scores, $far_sd, $far_times
-- columns: line, rejected
-- scope: system
-- duckdb only: median
with scored as (
    select
        line,
        score,
        max_score,
        assessment,
        kind,
        coalesce(standard, '') as standard,
        subject,
        grade,
        school_year
    from placed_row
    where problem is null and score is not null
),
centred as (
    select
        assessment,
        kind,
        standard,
        subject,
        grade,
        school_year,
        median(score) as middle,
        max(score) as largest,
        max(max_score) as max_score
    from scored
    group by assessment, kind, standard, subject, grade, school_year
    having count(*) >= $enough_scores
),
spread as (
    select
        c.assessment,
        c.kind,
        c.standard,
        c.subject,
        c.grade,
        c.school_year,
        c.middle,
        c.largest,
        c.max_score,
        -- The median distance of a normal distribution is 1/1.4826 of its SD.
        1.4826 * median(abs(s.score - c.middle)) as robust_sd,
        stddev_samp(case when s.score < c.largest then s.score end) as sd_of_others,
        max(case when s.score < c.largest then s.score end) as next_largest
    from centred c
    join
        scored s
        on s.assessment = c.assessment
        and s.kind = c.kind
        and s.standard = c.standard
        and s.subject = c.subject
        and s.grade = c.grade
        and s.school_year = c.school_year
    group by c.assessment, c.kind, c.standard, c.subject, c.grade, c.school_year, c.middle, c.largest, c.max_score
)
select
    s.line,
    p.max_score is null and s.score = p.largest and s.score > $far_times * p.next_largest as rejected
from scored s
join
    spread p
    on p.assessment = s.assessment
    and p.kind = s.kind
    and p.standard = s.standard
    and p.subject = s.subject
    and p.grade = s.grade
    and p.school_year = s.school_year
where
    s.score > p.middle + $far_sd * p.robust_sd
    and (p.robust_sd > 0 or (p.middle > 0 and s.score > p.middle + $far_sd * coalesce(p.sd_of_others, 0)))
