-- A team's weekly meeting and what it leaves behind: owned by the meetings room.

create table commitment (
    commitment_id varchar primary key,
    team_id varchar not null,
    meeting_id varchar,
    inquiry_id varchar,
    owner_teacher_id varchar not null,
    what varchar not null,
    due_on date not null,
    state varchar not null check (state in ('open', 'done', 'partly', 'dropped')),
    closing_line varchar not null,
    version integer not null,
    made_at timestamp not null,
    closed_at timestamp
);
