-- People who sign in, their roles with scope and dates, how they are invited; who opened her own result and
-- what she wants to be told; and the audit trail.

-- A person is who her identity provider says: an issuer and its subject. The address is for the steward.
create table account (
    account_id varchar primary key,
    issuer varchar not null,
    subject_id varchar not null,
    address varchar not null,
    -- The roster's id, once a steward said which teacher this is.
    teacher_id varchar,
    -- The role she looks with, of those she has.
    looks_as varchar,
    made_at timestamp not null,
    removed_at timestamp
);

create table account_role (
    account_role_id varchar primary key,
    account_id varchar not null,
    role varchar not null check (
        role in ('teacher', 'facilitator', 'coach', 'principal', 'district leader', 'steward', 'reviewer')
    ),
    -- A principal's or coach's school, a coach's team; null where the role has none.
    school_id varchar,
    team_id varchar,
    from_on date not null,
    until_on date,
    given_by varchar not null,
    given_at timestamp not null,
    ended_at timestamp
);

-- An invitation is claimed once, by whoever the provider says holds the address. Only a hash of its code
-- is kept.
create table account_invitation (
    account_invitation_id varchar primary key,
    address varchar not null,
    code_sha256 varchar not null,
    role varchar not null,
    school_id varchar,
    team_id varchar,
    role_until_on date,
    invited_by varchar not null,
    invited_at timestamp not null,
    expires_at timestamp not null,
    claimed_at timestamp,
    claimed_by varchar,
    withdrawn_at timestamp
);

-- One sign-in: refused once it was ended, or left alone for too long. A copied cookie ends with it.
create table account_session (
    account_id varchar not null,
    signed_in_at timestamp not null,
    seen_at timestamp not null,
    ended_at timestamp
);

-- A teacher who has seen what her own students showed in the latest scan of this school year. Before that
-- nobody is shown anything about her.
create table own_result_opened (
    teacher_id varchar not null,
    school_year smallint not null,
    opened_at timestamp not null
);

-- Whether a teacher wants to be told that her students exceed expectation: one choice a year.
create table notice_choice (
    teacher_id varchar not null,
    school_year smallint not null,
    choice varchar not null check (choice in ('tell me', 'not now', 'never ask')),
    chosen_at timestamp not null
);

-- Who the audit's ids stand for. Erasing a person deletes her row, and the audit names nobody any more.
create table audit_person (
    audit_person_id varchar not null,
    -- 'teacher' or 'account', and the id there.
    person_kind varchar not null,
    person_id varchar not null
);

-- Append-only. Each entry's hash covers its own words and the hash before it.
create table audit_entry (
    entry_number bigint not null,
    happened_at timestamp not null,
    actor_id varchar not null,
    role varchar not null,
    action varchar not null,
    thing varchar not null,
    -- The teacher it is about, as an audit id; null where it is about nobody.
    subject_id varchar,
    refused boolean not null,
    previous_hash varchar not null,
    entry_hash varchar not null
);

-- The last entry, so that a trail cut short is evident.
create table audit_head (
    entry_number bigint not null,
    entry_hash varchar not null
);

insert into audit_head values (0, '');
