-- Who looks, what teams agreed, what teachers consented to. Ids are the roster's text ids, so that
-- undoing and repeating an upload changes nobody's consent.

create table local_seat (
    role varchar not null,
    teacher_id varchar,
    school_id varchar,
    team_agreement_id varchar,
    taken_at timestamp not null
);

create table team_agreement (
    team_agreement_id varchar primary key,
    team_name varchar not null,
    agreed_on date not null,
    until_on date not null,
    recorded_by varchar not null
);

create table team_agreement_member (
    team_agreement_id varchar not null,
    teacher_id varchar not null,
    opened_on date
);

-- A row is one decision; the latest for a teacher and scope is the one in force.
create table consent (
    consent_id varchar primary key,
    teacher_id varchar not null,
    scope varchar not null check (scope in ('team', 'school', 'district')),
    name_shown boolean not null,
    given_on date not null,
    until_on date not null,
    withdrawn_on date
);
