-- A teacher's private way from a good result to a shared practice, and what a seat need not be shown again.

-- How a teacher reads her own good result, one reading a school year; for her eyes only.
create table own_reading (
    teacher_id varchar not null,
    school_year smallint not null,
    reading varchar not null check (reading in ('practice', 'chance', 'unsure')),
    read_at timestamp not null
);

-- Who has dismissed the tour: a teacher, an account, or a role at an unprotected copy.
create table tour_dismissed (
    dismissed_by varchar not null,
    dismissed_at timestamp not null
);
