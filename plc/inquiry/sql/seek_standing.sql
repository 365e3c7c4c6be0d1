-- The yardstick in use for each assessment of the course: the latest of the course, else of one that contains it or
-- is contained in it by grade.
-- parameters: $subject, $grade, $school_year
-- columns: assessment_key, assessment_id, yardstick_id, taken_on, low_cut, middle_cut
-- scope: system
with taken as (
    select
        yardstick_id,
        assessment_id,
        taken_on,
        low_cut,
        middle_cut,
        row_number() over (
            partition by assessment_id
            order by case when grade is not distinct from $grade then 0 else 1 end, number desc nulls last
        ) as place
    from seek_yardstick
    where
        subject = $subject
        and school_year = $school_year
        and (grade is null or $grade is null or grade = $grade)
)

select
    of_course.assessment_key,
    of_course.assessment_id,
    taken.yardstick_id,
    taken.taken_on,
    taken.low_cut,
    taken.middle_cut
from taken
inner join (select distinct assessment_key, assessment_id from seek_class) as of_course
    on taken.assessment_id = of_course.assessment_id
where taken.place = 1
