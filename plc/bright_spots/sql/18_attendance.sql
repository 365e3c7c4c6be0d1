-- For the students of each section with a starting point: the share of their year in this and in
-- other sections of the subject, summed. A student without an enrolment spent the year here.
-- parameters: none
-- columns: section_key, attended_section, dose
-- scope: system
with attended as (
    select expected.section_key, enrollment.section_key as attended_section, enrollment.share
    from expected
    inner join scanned_section as own on expected.section_key = own.section_key
    inner join enrollment on expected.student_key = enrollment.student_key
    inner join scanned_section as other on enrollment.section_key = other.section_key
    where own.period_key = other.period_key and enrollment.share > 0
),

enrolled as (
    select distinct expected.student_key, expected.section_key
    from expected
    inner join scanned_section as own on expected.section_key = own.section_key
    inner join enrollment on expected.student_key = enrollment.student_key
    inner join scanned_section as other on enrollment.section_key = other.section_key
    where own.period_key = other.period_key and enrollment.share > 0
)

select section_key, attended_section, sum(share) as dose
from attended
group by section_key, attended_section
union all
select expected.section_key, expected.section_key as attended_section, count(*) as dose
from expected
left join enrolled on expected.student_key = enrolled.student_key and expected.section_key = enrolled.section_key
where enrolled.student_key is null
group by expected.section_key
