-- The occasions of a test's classes in its year and subject: each scale they sat, by date, with how many of the
-- classes sat it, whether enough of the district did, and what one SD is in points.
-- parameters: $standard_id
-- columns: scale_key, assessment_key, assessment_name, kind, grade, taken_on, is_outcome, few_takers, sections, results, points, standard_key
-- scope: system
with sat as (
    select
        student_result.scale_key,
        count(distinct student_result.place_key) as sections,
        count(*) as results
    from student_result
    inner join effect_section on student_result.place_key = effect_section.section_key
    group by student_result.scale_key
),

wanted as (
    select min(standard_key) as standard_key from standard where standard_id = cast($standard_id as varchar)
),

point as (
    select
        scale.scale_key,
        avg(case when scale.by_standard or score_moment.standard_key = 0 then score_moment.sd_score end) as whole,
        avg(case when score_moment.standard_key = wanted.standard_key then score_moment.sd_score end) as of_standard,
        max(case when score_moment.standard_key = wanted.standard_key then score_moment.standard_key end) as standard_key
    from scale
    inner join score_moment
        on scale.assessment_key = score_moment.assessment_key and scale.grade = score_moment.grade
    cross join wanted
    group by scale.scale_key
)

select
    scale.scale_key,
    scale.assessment_key,
    assessment.name as assessment_name,
    assessment.kind,
    scale.grade,
    scale.taken_on,
    scale.is_outcome,
    few_takers.scale_key is not null as few_takers,
    sat.sections,
    sat.results,
    case
        when cast($standard_id as varchar) is null then point.whole * scale_spread.sd_z else point.of_standard
    end as points,
    point.standard_key
from sat
inner join scale on sat.scale_key = scale.scale_key
inner join scale_spread on scale.scale_key = scale_spread.scale_key
inner join assessment on scale.assessment_key = assessment.assessment_key
inner join point on scale.scale_key = point.scale_key
left join few_takers on scale.scale_key = few_takers.scale_key
where scale_spread.sd_z is not null and scale.school_year = (select min(school_year) from effect_section)
order by scale.scale_key
