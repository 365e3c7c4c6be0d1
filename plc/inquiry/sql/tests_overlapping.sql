-- Of these tests, those that share the class of a teacher unknown to the viewer with a test whose figures were
-- drawn before, at the same time or from the same assessment: one figure less the other is of few. An assessment of
-- a subject that one of them watches counts too, and so do classes of other ids with the same students. A test of fewer
-- teachers than $least_teachers is told in figures to nobody who could subtract it. It counts in any team: people
-- move between teams.
-- parameters: $test_ids, $least_teachers
-- columns: test_id
-- scope: visible
-- duckdb only: unnest of a list parameter in a subquery
with drawn as (
    select test.test_id, test.subject, test.school_year, test.starts_on, test.ends_on, min(outcome.told_at) as told_at
    from practice_test as test
    inner join test_effect_outcome as outcome on test.test_id = outcome.test_id
    group by test.test_id, test.subject, test.school_year, test.starts_on, test.ends_on
),

pupil as (
    select distinct drawn.test_id, drawn.subject, test_section.teacher_id, enrollment.student_key
    from drawn
    inner join test_section on drawn.test_id = test_section.test_id
    inner join section
        on
            test_section.section_id = section.section_id
            and drawn.subject = section.subject
            and drawn.school_year = section.school_year
    inner join enrollment on section.section_key = enrollment.section_key
),

shared as (
    select distinct mine.test_id, theirs.test_id as earlier_id
    from test_section as mine
    inner join test_section as theirs on mine.section_id = theirs.section_id and mine.test_id <> theirs.test_id
    left join known_teacher as known on mine.teacher_id = known.teacher_id
    where mine.test_id in (select unnest($test_ids)) and known.teacher_id is null
    union
    select mine.test_id, theirs.test_id as earlier_id
    from pupil as mine
    inner join pupil as theirs on mine.student_key = theirs.student_key and mine.subject <> theirs.subject
    left join known_teacher as my_known on mine.teacher_id = my_known.teacher_id
    left join known_teacher as their_known on theirs.teacher_id = their_known.teacher_id
    where
        mine.test_id in (select unnest($test_ids))
        and (my_known.teacher_id is null or their_known.teacher_id is null)
),

same_outcome as (
    select distinct shared.test_id, shared.earlier_id
    from shared
    inner join test_effect_outcome as mine on shared.test_id = mine.test_id
    inner join test_effect_outcome as theirs
        on
            shared.earlier_id = theirs.test_id
            and mine.subject = theirs.subject
            and mine.assessment_name = theirs.assessment_name
            and mine.taken_on = theirs.taken_on
),

large as (
    select test_id from test_section group by test_id having count(distinct teacher_id) >= $least_teachers
)

select distinct mine.test_id
from shared
inner join large on shared.earlier_id = large.test_id
inner join drawn as mine on shared.test_id = mine.test_id
inner join drawn as earlier
    on
        shared.earlier_id = earlier.test_id
        and mine.school_year = earlier.school_year
        and (
            earlier.told_at < mine.told_at
            or (earlier.told_at = mine.told_at and earlier.test_id < mine.test_id)
        )
left join same_outcome
    on shared.test_id = same_outcome.test_id and shared.earlier_id = same_outcome.earlier_id
where
    same_outcome.test_id is not null
    or (mine.subject = earlier.subject and earlier.starts_on < mine.ends_on and mine.starts_on < earlier.ends_on)
