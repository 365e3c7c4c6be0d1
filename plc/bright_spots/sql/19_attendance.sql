-- Who taught each section's students when they sat its assessments: for every student with a starting point,
-- her sections of the subject up to then, by share of time, weighted by her outcomes here; summed. What a
-- student does in a later class cannot have helped her in an earlier one. A student without an enrolment, or
-- with none up to then, was here alone.
-- parameters: none
-- columns: section_key, attended_section, dose
-- scope: system

with counted as (
    select
        expected.student_key,
        expected.section_key,
        expected.outcomes,
        attended.section_key as attended_section,
        attended.share
    from expected
    inner join attended
        on expected.student_key = attended.student_key and expected.period_key = attended.period_key
    inner join place as here
        on expected.student_key = here.student_key and expected.section_key = here.place_key
    left join place as there
        on attended.student_key = there.student_key and attended.section_key = there.place_key
    where there.last_scale is null or there.last_scale <= here.last_scale
),

whole as (
    select student_key, section_key, sum(share) as share from counted group by student_key, section_key
),

dosed as (
    select
        expected.section_key,
        coalesce(counted.attended_section, expected.section_key) as attended_section,
        expected.outcomes * coalesce(counted.share / whole.share, 1.0) as dose
    from expected
    left join counted
        on expected.student_key = counted.student_key and expected.section_key = counted.section_key
    left join whole on expected.student_key = whole.student_key and expected.section_key = whole.section_key
)

select section_key, attended_section, sum(dose) as dose
from dosed
group by section_key, attended_section
