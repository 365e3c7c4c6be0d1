-- For the students of each section with a starting point: the share of their year in this and in
-- other sections of the subject, summed. A student without an enrolment spent the year here.
-- parameters: none
-- columns: section_key, attended_section, dose
-- scope: system
select
    expected.section_key,
    coalesce(attended.section_key, expected.section_key) as attended_section,
    sum(coalesce(attended.share, 1.0)) as dose
from expected
left join attended
    on expected.student_key = attended.student_key and expected.period_key = attended.period_key
group by expected.section_key, coalesce(attended.section_key, expected.section_key)
