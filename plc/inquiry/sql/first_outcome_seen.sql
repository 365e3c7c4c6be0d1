-- The first day after its start on which a result of a test's measure was taken in one of its classes, those of
-- uploads undone since among them; null before the first.
-- parameters: $test_id
-- columns: first_on
-- scope: system
with held as (
    select
        section.section_id,
        section.subject,
        section.school_year,
        assessment.name,
        assessment.kind,
        coalesce(standard.standard_id, '') as standard_id,
        assessment.taken_on
    from practice_test as test
    inner join test_section as chosen on test.test_id = chosen.test_id
    inner join section
        on
            chosen.section_id = section.section_id
            and test.subject = section.subject
            and test.school_year = section.school_year
    inner join result on section.section_key = result.section_key
    inner join assessment on result.assessment_key = assessment.assessment_key
    left join standard on result.standard_key = standard.standard_key
    where test.test_id = $test_id and result.status = 'scored'
    union all
    select
        section_id,
        subject,
        school_year,
        assessment_name,
        assessment_kind,
        standard_id,
        taken_on
    from result_taken_back
)

select min(held.taken_on) as first_on
from practice_test as test
inner join test_section as chosen on test.test_id = chosen.test_id
inner join held
    on
        chosen.section_id = held.section_id
        and test.subject = held.subject
        and test.school_year = held.school_year
where
    test.test_id = $test_id
    and held.taken_on > test.starts_on
    and held.kind <> 'baseline'
    and (test.measure_name is null or held.name = test.measure_name)
    and (test.measure_name is not null or test.measure_kind is null or held.kind = test.measure_kind)
    and (test.standard_id is null or held.standard_id = test.standard_id)
