-- A team's weekly meeting and what it leaves behind: owned by the meetings room. Nothing here holds a student.

-- A team's own wording, order and minutes of a protocol; the latest version counts, earlier ones are kept.
create table team_protocol (
    team_id varchar not null,
    protocol_key varchar not null,
    version integer not null,
    -- A JSON list of {"step_key", "screen", "title", "minutes", "prompt"}; empty goes back to the usual steps.
    steps varchar not null,
    made_by varchar not null,
    made_at timestamp not null,
    primary key (team_id, protocol_key, version)
);

create table meeting (
    meeting_id varchar primary key,
    team_id varchar not null,
    inquiry_id varchar,
    -- Raised by every change that the members' screens must show: the one number their devices poll.
    version integer not null,
    state varchar not null check (state in ('planned', 'running', 'ended')),
    protocol_key varchar not null,
    meets_on date not null,
    -- Time of day on the school's clock as HH:MM; null while nobody said.
    meets_at varchar,
    -- What the inquiry said when the meeting was held, so that the record stays what it was.
    goal varchar not null,
    phase varchar,
    week_number smallint,
    week_count smallint,
    facilitator_id varchar,
    recorder_id varchar,
    timekeeper_id varchar,
    step_key varchar,
    step_started_at timestamp,
    class_view_opened_at timestamp,
    started_by varchar,
    started_at timestamp,
    ended_at timestamp,
    digest_sent_at timestamp
);

create table meeting_step (
    meeting_id varchar not null,
    step_key varchar not null,
    step_order smallint not null,
    screen varchar not null,
    title varchar not null,
    minutes smallint not null,
    added_minutes smallint not null,
    prompt varchar not null,
    state varchar not null check (state in ('waiting', 'shown', 'done', 'skipped')),
    -- When what was written in silence was shown to the team.
    revealed_at timestamp,
    primary key (meeting_id, step_key)
);

create table meeting_attendance (
    meeting_id varchar not null,
    teacher_id varchar not null,
    present boolean not null,
    -- True where somebody set it by hand, which presence does not change.
    set_by_hand boolean not null,
    changed_at timestamp not null,
    primary key (meeting_id, teacher_id)
);

-- What was sent, a row each. The id comes from the writer's device, so that sending twice keeps one.
create table meeting_note (
    note_id varchar primary key,
    meeting_id varchar not null,
    step_key varchar not null,
    note_kind varchar not null check (
        note_kind in ('observation', 'discussion', 'adaptation', 'contrast', 'surprise', 'help', 'share')
    ),
    author_teacher_id varchar not null,
    words varchar not null,
    written_at timestamp not null,
    taken_back_at timestamp
);

create table meeting_decision (
    decision_id varchar primary key,
    meeting_id varchar not null,
    team_id varchar not null,
    inquiry_id varchar,
    test_id varchar,
    decision varchar not null check (
        decision in ('adopt', 'adapt', 'abandon', 'keep testing', 'agree')
    ),
    words varchar not null,
    decided_by varchar not null,
    decided_on date not null,
    decided_at timestamp not null
);

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

-- What became of a commitment in a meeting, a row per change; nothing in it is ever changed.
create table commitment_change (
    commitment_id varchar not null,
    meeting_id varchar,
    state varchar not null,
    due_on date not null,
    line varchar not null,
    changed_by varchar not null,
    changed_at timestamp not null
);

-- "Worth our time?" as one row of tallies per meeting: an answer has no row of its own, no author and no time.
create table exit_pulse (
    meeting_id varchar primary key,
    ones smallint not null,
    twos smallint not null,
    threes smallint not null,
    fours smallint not null,
    fives smallint not null,
    -- A JSON list in alphabetical order.
    words varchar not null
);

-- Who has answered, never what.
create table exit_answered (
    meeting_id varchar not null,
    teacher_id varchar not null,
    primary key (meeting_id, teacher_id)
);

-- To whom a digest went, so that one that failed half way is not sent twice.
create table digest_delivery (
    meeting_id varchar not null,
    account_id varchar not null,
    sent_at timestamp not null
);
