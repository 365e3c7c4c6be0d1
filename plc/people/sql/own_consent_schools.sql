-- The schools of a teacher's own decisions in force: those each was given for, and those where she teaches now.
-- parameters: $teacher_id, $today, $unnamed_school
-- columns: scope, school_name, is_given, is_own
-- scope: self
with decision as (
    select consent_id, scope
    from consent
    where teacher_id = $teacher_id and withdrawn_on is null and until_on >= $today
),

own as (
    select distinct school_id
    from current_teaching
    where teacher_id = $teacher_id and school_id <> $unnamed_school
),

school_of as (
    select decision.scope, given.school_id, true as is_given
    from decision
    inner join consent_school as given on decision.consent_id = given.consent_id
    union all
    select decision.scope, own.school_id, false as is_given
    from decision
    cross join own
)

select
    school_of.scope,
    coalesce(max(named_school.school_name), school_of.school_id) as school_name,
    bool_or(school_of.is_given) as is_given,
    bool_or(own.school_id is not null) as is_own
from school_of
left join own on school_of.school_id = own.school_id
left join named_school on school_of.school_id = named_school.school_id
group by school_of.scope, school_of.school_id
order by school_of.scope nulls last, school_name nulls last, school_of.school_id nulls last
