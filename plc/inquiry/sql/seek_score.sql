-- The results in question with their z-scores by the yardsticks of their assessments; none where there is no yardstick yet.
-- `standard_key` 0 is the assessment as a whole, which is the mean of its standards where it reports nothing else.
-- parameters: none
-- columns: student_key, section_key, assessment_key, standard_key, score, percent, z
-- scope: system
with placed as (
    select
        seek_scored.student_key,
        seek_scored.section_key,
        seek_scored.assessment_key,
        seek_scored.standard_key,
        seek_scored.score,
        seek_scored.percent,
        (seek_scored.score - seek_moment.mean_score) / nullif(seek_moment.sd_score, 0) as z
    from seek_scored
    left join seek_moment
        on
            seek_scored.assessment_key = seek_moment.assessment_key
            and seek_scored.standard_key = seek_moment.standard_key
    where
        seek_moment.sd_score > 0
        -- A total that came later than the yardstick does not take the place of the mean of standards.
        or (
            seek_moment.assessment_key is null
            and (
                seek_scored.standard_key <> 0
                or seek_scored.assessment_key not in (select seek_moment.assessment_key from seek_moment)
            )
        )
),

whole as (
    select
        assessment_key,
        student_key,
        max(section_key) as section_key,
        avg(score) as score,
        avg(percent) as percent,
        avg(z) as z
    from placed
    where
        standard_key <> 0
        and assessment_key not in (select placed.assessment_key from placed where placed.standard_key = 0)
        and assessment_key not in (select seek_moment.assessment_key from seek_moment where seek_moment.standard_key = 0)
    group by assessment_key, student_key
)

select student_key, section_key, assessment_key, standard_key, score, percent, z
from placed
union all
select student_key, section_key, assessment_key, 0 as standard_key, score, percent, z
from whole
