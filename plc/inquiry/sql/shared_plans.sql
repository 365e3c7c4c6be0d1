-- Whether a team's test shares the class of a teacher unknown to the viewer with another test that was started, in
-- any team, while both run.
-- parameters: $test_id, $team_ids, $least_teachers
-- columns: shares
-- scope: visible
-- duckdb only: unnest of a list parameter in a subquery
with large as (
    select test_id from test_section group by test_id having count(distinct teacher_id) >= $least_teachers
)

select count(*) > 0 as shares
from practice_test as test
inner join test_section as mine on test.test_id = mine.test_id
inner join test_section as theirs on mine.section_id = theirs.section_id
inner join large on theirs.test_id = large.test_id
inner join practice_test as other
    on
        theirs.test_id = other.test_id
        and test.test_id <> other.test_id
        and test.subject = other.subject
        and test.school_year = other.school_year
        and other.starts_on < test.ends_on
        and test.starts_on < other.ends_on
left join known_teacher as known on mine.teacher_id = known.teacher_id
where
    test.test_id = $test_id
    and test.team_id in (select unnest($team_ids))
    and other.state in ('planned', 'decided')
    and known.teacher_id is null
