-- Joins that several statements repeat, said once. No view decides who may read: each statement binds its scope.

-- What each practice card says now.
create view newest_wording as
select
    words.practice_id,
    words.version,
    words.title,
    words.when_to_use,
    words.steps,
    words.core_parts,
    words.adaptable_parts,
    words.minutes,
    words.went_wrong,
    words.subject,
    words.grades,
    words.standards,
    words.made_by,
    words.made_at
from practice_version as words
inner join (
    select practice_id, max(version) as version
    from practice_version
    group by practice_id
) as newest on words.practice_id = newest.practice_id and words.version = newest.version;

-- Each answer to "did you do it?" that counts: the latest of a class's week.
create view latest_fidelity as
select test_id, section_id, week_of, done, times, changed
from (
    select
        test_id,
        section_id,
        week_of,
        done,
        times,
        changed,
        row_number() over (
            partition by test_id, section_id, week_of order by answered_at desc nulls last
        ) as place
    from fidelity_check
) as answer
where place = 1;

-- Who teaches which class in the latest school year.
create view current_teaching as
select
    teacher.teacher_id,
    section.section_key,
    section.section_id,
    section.subject,
    section.grade,
    section.school_year,
    section.school_key,
    school.school_id
from section_teacher
inner join teacher on section_teacher.teacher_key = teacher.teacher_key
inner join section on section_teacher.section_key = section.section_key
left join school on section.school_key = school.school_key
where section.school_year = (select max(latest.school_year) from section as latest);

-- A name for each school id: the roster may hold an id twice.
create view named_school as
select school_id, max(name) as school_name
from school
group by school_id;

create view open_team as
select team.team_id, team.team_name, team.subject, team.grade, team.school_id, named_school.school_name
from team
left join named_school on team.school_id = named_school.school_id
where team.closed_at is null;

-- The columns of the next three stand in the order in which the program reads them.
create view owned_commitment as
select
    commitment.commitment_id,
    commitment.team_id,
    commitment.meeting_id,
    commitment.owner_teacher_id,
    coalesce(teacher.name, commitment.owner_teacher_id) as owner_name,
    commitment.what,
    commitment.due_on,
    commitment.state,
    commitment.closing_line,
    commitment.version
from commitment
left join teacher on commitment.owner_teacher_id = teacher.teacher_id;

-- What teams asked for, without who asked.
create view asked_barrier as
select
    barrier.barrier_id,
    barrier.team_id,
    team.team_name,
    team.school_id,
    barrier.barrier_kind,
    barrier.words,
    barrier.removable_by,
    barrier.asked_on,
    barrier.due_on,
    barrier.answer,
    barrier.answered_on,
    barrier.outcome
from barrier
inner join team on barrier.team_id = team.team_id;

-- What leaders gave or offered and did not take back, without who gave.
create view standing_support as
select
    support.support_id,
    support.team_id,
    team.team_name,
    support.support_kind,
    support.words,
    support.for_on,
    support.given_role,
    support.given_on,
    support.answer,
    support.answered_on,
    support.given_at,
    team.school_id
from team_support as support
inner join team on support.team_id = team.team_id
where support.taken_back_at is null;
