-- Who may see a practice card, what hangs on it, and what the evidence says: owned by the practice library.

-- One person's decision about one card; the latest of a person counts. Default: team only, name hidden.
create table practice_consent (
    practice_id varchar not null,
    teacher_id varchar not null,
    scope varchar not null check (scope in ('team', 'school', 'district', 'network')),
    name_shown varchar not null check (name_shown in ('name', 'role', 'hidden')),
    until_on date not null,
    decided_at timestamp not null,
    withdrawn_at timestamp
);
