-- Students by what became of them. One may be left out in one subject and not in another, and a student
-- who moved is counted in and as moved.
-- parameters: none
-- columns: subject_key, reason, students
-- scope: system
with no_class as (
    select distinct place.student_key, place.period_key
    from place
    inner join (
        select distinct period_key from scanned_section where in_scope
    ) as scanned_period on place.period_key = scanned_period.period_key
    left join place as classed
        on
            place.student_key = classed.student_key
            and place.period_key = classed.period_key
            and classed.place_key > 0
    where place.place_key < 0 and place.outcomes > 0 and classed.student_key is null
),

moved as (
    select start.student_key, start.period_key
    from start
    inner join attended on start.student_key = attended.student_key and start.period_key = attended.period_key
    group by start.student_key, start.period_key
    having min(attended.section_key) < max(attended.section_key)
),

late_start as (
    select distinct student_result.student_key, scale.period_key
    from student_result
    inner join scale on student_result.scale_key = scale.scale_key
    where not scale.is_outcome and not scale.is_baseline
),

reason as (
    select
        start.period_key // 10000 as subject_key,
        start.student_key,
        case
            when start.start_y is not null then 'included'
            when start.taught_before then 'same teacher the year before and no earlier result'
            when late_start.student_key is not null
                then 'a starting test later than six weeks into the year (not used)'
            else 'no starting point'
        end as reason
    from start
    left join late_start on start.student_key = late_start.student_key and start.period_key = late_start.period_key
    union all
    select
        period_key // 10000 as subject_key,
        student_key,
        'no class in this subject that year (only a starting point)' as reason
    from no_class
    union all
    select
        period_key // 10000 as subject_key,
        student_key,
        'moved between classes (kept, by time in each)' as reason
    from moved
    union all
    select
        scanned_section.subject_key,
        student_result.student_key,
        'an assessment only a few classes took (not counted)' as reason
    from student_result
    inner join few_takers on student_result.scale_key = few_takers.scale_key
    inner join scale on student_result.scale_key = scale.scale_key
    inner join scanned_section on student_result.place_key = scanned_section.section_key
    where scale.is_outcome and scanned_section.in_scope
    union all
    select
        scale_score.subject_key,
        scale_score.student_key,
        'a score far outside its test (counted as 4 SD from the mean)' as reason
    from scale_score
    inner join stray_scale
        on
            scale_score.assessment_key = stray_scale.assessment_key
            and scale_score.grade = stray_scale.grade
            and scale_score.standard_key = stray_scale.standard_key
    where scale_score.score < stray_scale.low_score or scale_score.score > stray_scale.high_score
)

select cast(subject_key as integer) as subject_key, reason, count(distinct student_key) as students
from reason
group by subject_key, reason
order by subject_key, reason
