-- Between steps 6 and 7: the school each student had a subject in, in a year: the one with the larger share.
-- parameters: none
-- columns: student_key, subject, school_year, school_key
-- scope: system
create or replace temp table main_school as
with schooled as (
    select student_key, subject, school_year, school_key, sum(weight) as weight
    from taught
    group by student_key, subject, school_year, school_key
)

select student_key, subject, school_year, school_key
from (
    select
        student_key,
        subject,
        school_year,
        school_key,
        row_number() over (
            partition by student_key, subject, school_year order by weight desc, school_key
        ) as place
    from schooled
) as ranked
where place = 1
