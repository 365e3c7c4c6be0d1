-- A priority to point at, and barriers with who can remove them: what meetings and schools need of the plan.

create table priority (
    priority_id varchar primary key,
    school_id varchar,
    title varchar not null,
    subject varchar,
    grades varchar not null,
    set_by varchar not null,
    set_at timestamp not null,
    ended_at timestamp
);

create table barrier (
    barrier_id varchar primary key,
    team_id varchar not null,
    inquiry_id varchar,
    meeting_id varchar,
    barrier_kind varchar not null,
    words varchar not null,
    removable_by varchar not null,
    asked_by varchar not null,
    asked_on date not null,
    due_on date not null,
    answer varchar,
    answered_by varchar,
    answered_on date,
    outcome varchar
);
