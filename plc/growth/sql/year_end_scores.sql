-- Each student's occasions by subject and year, the last of the year first (`newest`): of the two last is where she
-- stands at its end. `gap` is the distance from the cut, in SD of the scale's first year (below 0 is behind);
-- `earlier_gap` that of the occasion before, whichever year it fell in.
-- parameters: none
-- columns: student_key, subject, school_year, grade, assessment_name, gap, newest, earlier_gap
-- scope: system
create or replace temp table year_end_score as
with occasion as (
    select
        assessment_score.student_key,
        assessment_score.subject,
        assessment_score.school_year,
        assessment_score.grade,
        assessment_score.taken_on,
        assessment_score.assessment_name,
        (assessment_score.score - scale.cut_score) / scale.spread as gap
    from assessment_score
    join scale
        on scale.subject = assessment_score.subject
        and scale.grade = assessment_score.grade
        and scale.assessment_name = assessment_score.assessment_name
),
placed as (
    select
        student_key,
        subject,
        school_year,
        grade,
        assessment_name,
        gap,
        row_number() over (
            partition by student_key, subject, school_year order by taken_on desc, assessment_name desc
        ) as newest,
        lag(gap) over (
            partition by student_key, subject order by school_year, taken_on, assessment_name
        ) as earlier_gap
    from occasion
)
select student_key, subject, school_year, grade, assessment_name, gap, newest, earlier_gap
from placed
where newest <= 2
