-- The first day after its start on which a result of a test's measure was taken in one of its classes, those of
-- uploads undone since among them; null before the first.
-- parameters: $test_id
-- columns: first_on
-- scope: system
with tested as (
    select
        chosen.section_id,
        test.subject,
        test.school_year,
        test.starts_on,
        test.measure_name,
        test.measure_kind,
        test.standard_id
    from practice_test as test
    inner join test_section as chosen on test.test_id = chosen.test_id
    where test.test_id = $test_id
),

held as (
    select
        tested.*,
        assessment.name,
        assessment.kind,
        coalesce(standard.standard_id, '') as held_standard_id,
        assessment.taken_on
    from tested
    inner join section
        on
            tested.section_id = section.section_id
            and tested.subject = section.subject
            and tested.school_year = section.school_year
    inner join result on section.section_key = result.section_key
    inner join assessment on result.assessment_key = assessment.assessment_key
    left join standard on result.standard_key = standard.standard_key
    where result.status = 'scored'
    union all
    select
        tested.*,
        back.assessment_name,
        back.assessment_kind,
        back.standard_id,
        back.taken_on
    from tested
    inner join result_taken_back as back
        on
            tested.section_id = back.section_id
            and tested.subject = back.subject
            and tested.school_year = back.school_year
)

select min(taken_on) as first_on
from held
where
    taken_on > starts_on
    and kind <> 'baseline'
    and (measure_name is null or name = measure_name)
    and (measure_name is not null or measure_kind is null or kind = measure_kind)
    and (standard_id is null or held_standard_id = standard_id)
