-- How many results of a team's test are there of its measure since its classes started, the latest and
-- the earliest day of them, and how many of the test's classes have some.
-- parameters: $test_id, $team_ids
-- columns: results, latest_on, sections, earliest_on
-- scope: team
-- duckdb only: unnest of a list parameter in a subquery
select
    count(*) as results,
    max(assessment.taken_on) as latest_on,
    count(distinct chosen.section_id) as sections,
    min(assessment.taken_on) as earliest_on
from practice_test as test
inner join test_section as chosen on test.test_id = chosen.test_id
inner join
    section
    on chosen.section_id = section.section_id
    and test.subject = section.subject
    and test.school_year = section.school_year
inner join result on section.section_key = result.section_key
inner join assessment on result.assessment_key = assessment.assessment_key
left join standard on result.standard_key = standard.standard_key
where
    test.test_id = $test_id
    and test.team_id in (select unnest($team_ids))
    and result.status = 'scored'
    and assessment.subject = test.subject
    and assessment.taken_on > test.starts_on
    and (test.measure_name is null or assessment.name = test.measure_name)
    and (test.measure_name is not null or test.measure_kind is null or assessment.kind = test.measure_kind)
    and (test.standard_id is null or standard.standard_id = test.standard_id)
