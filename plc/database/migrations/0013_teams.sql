-- Teams (professional learning communities), their members and who is asked to join. Ids of teachers and
-- schools are the roster's text ids, so that undoing and repeating an upload changes no team.

create table team (
    team_id varchar primary key,
    team_name varchar not null,
    subject varchar,
    grade smallint,
    -- Null for a team whose members teach in several schools.
    school_id varchar,
    norms varchar not null,
    meets varchar,
    version integer not null,
    created_by varchar not null,
    created_at timestamp not null,
    closed_at timestamp,
    -- A team of teachers who are each the only one of their course at home.
    across_schools boolean not null default false
);

-- One row is one membership; it ends with `left_on` and is kept.
create table team_member (
    team_id varchar not null,
    teacher_id varchar not null,
    member_role varchar not null check (member_role in ('facilitator', 'recorder', 'timekeeper', 'member')),
    joined_on date not null,
    left_on date
);

-- A colleague who is asked to join; she is a member only once she said yes, and a no is silent.
create table team_invitation (
    invitation_id varchar primary key,
    team_id varchar not null,
    teacher_id varchar not null,
    invited_by varchar not null,
    invited_at timestamp not null,
    answered_at timestamp,
    accepted boolean
);

alter table team_agreement add column team_id varchar;
-- The day a newer agreement of the same team took its place, or its team closed.
alter table team_agreement add column ended_on date;

update team_agreement set team_id = team_agreement_id;

insert into team (
    team_id, team_name, subject, grade, school_id, norms, meets, version, created_by, created_at
)
select team_agreement_id, team_name, null, null, null, '', null, 1, recorded_by, agreed_on
from team_agreement;

insert into team_member
select member.team_agreement_id, member.teacher_id, 'member', agreement.agreed_on, null
from team_agreement_member as member
inner join team_agreement as agreement on member.team_agreement_id = agreement.team_agreement_id;
