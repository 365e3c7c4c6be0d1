-- How many assessments of a test's measure its classes have, and how many since it began.
-- parameters: $team_ids, $test_id
-- columns: occasions, since_start
-- scope: team
with test as (
    select *
    from practice_test
    where test_id = $test_id and team_id in (select unnest($team_ids))
)

select
    count(distinct assessment.assessment_key) as occasions,
    count(distinct assessment.assessment_key) filter (where assessment.taken_on > test.starts_on) as since_start
from test
inner join assessment
    on
        test.subject = assessment.subject
        and test.school_year = assessment.school_year
        and (test.grade is null or assessment.grade is null or test.grade = assessment.grade)
        and assessment.kind <> 'baseline'
        and (test.measure_kind is null or test.measure_name is not null or assessment.kind = test.measure_kind)
inner join result on assessment.assessment_key = result.assessment_key
inner join section on result.section_key = section.section_key
inner join test_section
    on test.test_id = test_section.test_id and section.section_id = test_section.section_id
where result.score is not null and test_section.arm = 'practice' and section.school_year = test.school_year
