-- Accounts of people who sign in, their roles with scope and dates, invitations, and the audit trail: owned by
-- the people room.

create table account (
    account_id varchar primary key,
    issuer varchar not null,
    subject_id varchar not null,
    teacher_id varchar,
    made_at timestamp not null,
    removed_at timestamp
);
