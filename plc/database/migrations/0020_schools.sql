-- What whoever leads a school or the district does for teams, and decides for herself: owned by the schools room.

-- Time given, or a coach offered, to a team: dated, and read by the team. `answer` is the team's.
create table team_support (
    support_id varchar primary key,
    team_id varchar not null,
    support_kind varchar not null check (support_kind in ('time', 'coach')),
    words varchar not null,
    -- The day it is for: when the free hour is, when the coach could come.
    for_on date not null,
    given_by varchar not null,
    given_role varchar not null,
    given_on date not null,
    given_at timestamp not null,
    answer varchar check (answer in ('yes', 'not now')),
    answered_on date,
    taken_back_at timestamp
);

-- "May this team visit you?" goes to the owner of a card first; the team learns of it only after her yes.
create table visit_proposal (
    proposal_id varchar primary key,
    practice_id varchar not null,
    owner_teacher_id varchar not null,
    team_id varchar not null,
    words varchar not null,
    proposed_by varchar not null,
    proposed_role varchar not null,
    -- The school whose leader asks; null for the district.
    school_id varchar,
    proposed_on date not null,
    proposed_at timestamp not null,
    owner_answer varchar check (owner_answer in ('yes', 'no')),
    owner_answered_on date,
    team_answer varchar check (team_answer in ('yes', 'not now')),
    team_answered_on date,
    taken_back_at timestamp
);

-- What a leader will do, by when: at most three open at a time, carried to the next month while open.
create table leader_decision (
    decision_id varchar primary key,
    -- Null for whoever leads the district.
    school_id varchar,
    words varchar not null,
    due_on date not null,
    made_by varchar not null,
    made_on date not null,
    made_at timestamp not null,
    state varchar not null check (state in ('open', 'done', 'dropped')),
    closed_on date,
    version integer not null
);
