-- Step 2: the yardstick of each scale (subject, grade, assessment name): the stated cut, or else the
-- score below which the relative share of the district's students fell in the first year observed.
-- A scale with too few students for a percentile and no stated cut is left out.
-- parameters: $relative_share, $fewest_students
-- columns: subject, grade, assessment_name, first_school_year, students, spread, cut_score, stated, source
-- scope: system
create or replace temp table scale as
with first_year as (
    select subject, grade, assessment_name, min(school_year) as first_school_year
    from assessment_score
    where grade is not null
    group by subject, grade, assessment_name
),
placed as (
    select
        assessment_score.subject,
        assessment_score.grade,
        assessment_score.assessment_name,
        first_year.first_school_year,
        assessment_score.student_key,
        assessment_score.score,
        cume_dist() over (
            partition by assessment_score.subject, assessment_score.grade, assessment_score.assessment_name
            order by assessment_score.score
        ) as at_or_below
    from assessment_score
    join first_year
        on first_year.subject = assessment_score.subject
        and first_year.grade = assessment_score.grade
        and first_year.assessment_name = assessment_score.assessment_name
        and first_year.first_school_year = assessment_score.school_year
),
first_moments as (
    select
        subject,
        grade,
        assessment_name,
        min(first_school_year) as first_school_year,
        count(distinct student_key) as students,
        stddev_samp(score) as spread,
        min(case when at_or_below >= $relative_share then score end) as relative_cut
    from placed
    group by subject, grade, assessment_name
)
select
    first_moments.subject,
    first_moments.grade,
    first_moments.assessment_name,
    first_moments.first_school_year,
    first_moments.students,
    first_moments.spread,
    coalesce(level_cut.cut_score, first_moments.relative_cut) as cut_score,
    level_cut.cut_score is not null as stated,
    coalesce(level_cut.source, '') as source
from first_moments
left join level_cut
    on level_cut.subject = first_moments.subject
    and level_cut.grade = first_moments.grade
    and level_cut.assessment_name = first_moments.assessment_name
    and level_cut.withdrawn_at is null
where
    first_moments.spread > 0
    and (level_cut.cut_score is not null or first_moments.students >= $fewest_students)
