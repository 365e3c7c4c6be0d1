-- What a teacher shows holds for the people and schools she named when she said so: owned by the people room.

-- To whom a member of an agreement opened her result: the colleagues who were in it then. Who joins later reads
-- it once she opened it again.
create table team_agreement_opening (
    team_agreement_id varchar not null,
    teacher_id varchar not null,
    reader_teacher_id varchar not null,
    opened_on date not null
);

-- Who left the agreements of a team: only she herself comes back.
create table team_agreement_left (
    team_id varchar not null,
    teacher_id varchar not null,
    left_at timestamp not null
);

-- The schools a consent was given for, that is where its teacher taught then. Another school asks anew.
create table consent_school (
    consent_id varchar not null,
    teacher_id varchar not null,
    school_id varchar not null
);

-- Whose result is open to whom within a team: both are in it and in its agreement still. No view decides who may
-- read: a statement binds its reader and its day.
create view opened_result as
select
    agreement.team_agreement_id,
    agreement.team_id,
    opening.teacher_id,
    opening.reader_teacher_id,
    opening.opened_on,
    agreement.agreed_on,
    agreement.until_on
from team_agreement_opening as opening
inner join team_agreement as agreement on opening.team_agreement_id = agreement.team_agreement_id
inner join team on agreement.team_id = team.team_id
inner join
    team_agreement_member as opener
    on opening.team_agreement_id = opener.team_agreement_id and opening.teacher_id = opener.teacher_id
inner join
    team_agreement_member as reader
    on opening.team_agreement_id = reader.team_agreement_id and opening.reader_teacher_id = reader.teacher_id
inner join
    team_member as opener_in_team
    on agreement.team_id = opener_in_team.team_id and opening.teacher_id = opener_in_team.teacher_id
inner join
    team_member as reader_in_team
    on agreement.team_id = reader_in_team.team_id and opening.reader_teacher_id = reader_in_team.teacher_id
where
    agreement.ended_on is null
    and team.closed_at is null
    and opener.opened_on is not null
    and opener_in_team.left_on is null
    and reader_in_team.left_on is null;

-- What was open is open to those who were in the team on that day.
insert into team_agreement_opening
select distinct opener.team_agreement_id, opener.teacher_id, reader.teacher_id, opener.opened_on
from team_agreement_member as opener
inner join team_agreement as agreement on opener.team_agreement_id = agreement.team_agreement_id
inner join team_agreement_member as reader on opener.team_agreement_id = reader.team_agreement_id
inner join team_member as mate on agreement.team_id = mate.team_id and reader.teacher_id = mate.teacher_id
where
    opener.opened_on is not null
    and reader.teacher_id <> opener.teacher_id
    and mate.left_on is null
    and mate.joined_on <= opener.opened_on;

-- Consent "in my team" named nobody and no page gave it: a result is opened to a team by its switch.
update consent set withdrawn_on = current_date where scope = 'team' and withdrawn_on is null;

-- Consents take the schools of the roster as it stood when they were given; where that is not known, of today's.
insert into consent_school
with assignment as (
    select
        consent.consent_id,
        consent.teacher_id,
        consent.given_on,
        section.school_year,
        school.school_id
    from consent
    inner join teacher_version as teacher on consent.teacher_id = teacher.teacher_id
    inner join section_teacher_version as assigned on teacher.teacher_key = assigned.teacher_key
    inner join section_version as section on assigned.section_key = section.section_key
    inner join school_version as school on section.school_key = school.school_key
    inner join upload as assigned_with on assigned.upload_key = assigned_with.upload_key
    left join upload as reassigned_with on assigned.superseded_by = reassigned_with.upload_key
    inner join upload as section_with on section.upload_key = section_with.upload_key
    left join upload as changed_with on section.superseded_by = changed_with.upload_key
    where
        school.school_id <> 'school'
        and cast(assigned_with.confirmed_at as date) <= consent.given_on
        and (reassigned_with.confirmed_at is null or cast(reassigned_with.confirmed_at as date) > consent.given_on)
        and cast(section_with.confirmed_at as date) <= consent.given_on
        and (changed_with.confirmed_at is null or cast(changed_with.confirmed_at as date) > consent.given_on)
),

year_then as (
    select day.given_on, max(section.school_year) as school_year
    from (select distinct given_on from consent) as day
    inner join upload on cast(upload.confirmed_at as date) <= day.given_on
    inner join section_version as section on upload.upload_key = section.upload_key
    group by day.given_on
),

known as (
    select distinct assignment.consent_id, assignment.teacher_id, assignment.school_id
    from assignment
    inner join year_then
        on assignment.given_on = year_then.given_on and assignment.school_year = year_then.school_year
)

select consent_id, teacher_id, school_id from known
union
select consent.consent_id, consent.teacher_id, teaching.school_id
from consent
inner join current_teaching as teaching on consent.teacher_id = teaching.teacher_id
where
    teaching.school_id <> 'school'
    and consent.consent_id not in (select known.consent_id from known);
