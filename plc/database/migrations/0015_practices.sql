-- Who may see a practice card, what hangs on it, and what the evidence says: owned by the practice library.

-- One person's decision about one card; a new one withdraws the one before, so that at most one of a person
-- is open. A card reaches no further than the narrowest scope all its authors agreed to.
create table practice_consent (
    practice_id varchar not null,
    teacher_id varchar not null,
    scope varchar not null check (scope in ('team', 'school', 'district', 'network')),
    name_shown varchar not null check (name_shown in ('name', 'role', 'hidden')),
    -- What colleagues may ask of her, as text separated by ", ": ask, visit, watch.
    welcomes varchar not null,
    until_on date not null,
    decided_at timestamp not null,
    withdrawn_at timestamp
);

-- Co-authors; the owner is in `practice`.
create table practice_author (
    practice_id varchar not null,
    teacher_id varchar not null,
    added_by varchar not null,
    added_at timestamp not null,
    left_at timestamp
);

-- A team took a card that was open to it into its work: it keeps the steps, without a name, if the card is
-- taken back. Written only once the card was found open.
create table practice_taken (
    practice_id varchar not null,
    team_id varchar not null,
    taken_by varchar not null,
    taken_at timestamp not null
);

-- Files and links of a card. A file lies beside the database under its random id; links have a `url`.
create table practice_material (
    material_id varchar primary key,
    practice_id varchar not null,
    material_kind varchar not null check (material_kind in ('file', 'link')),
    title varchar not null,
    url varchar,
    file_name varchar,
    media_type varchar,
    byte_count bigint,
    sha256 varchar,
    -- False: stays with its authors and their team, however far the card goes.
    shared boolean not null,
    added_by varchar not null,
    added_at timestamp not null,
    removed_at timestamp
);

-- A colleague who was asked to follow a card, and what she said. `checked_at` is null until she answers.
create table practice_check (
    check_id varchar primary key,
    practice_id varchar not null,
    practice_version integer,
    checker_teacher_id varchar not null,
    asked_at timestamp,
    could_follow varchar check (could_follow in ('yes', 'mostly', 'no')),
    unclear varchar not null,
    checked_at timestamp
);

create table practice_question (
    question_id varchar primary key,
    practice_id varchar not null,
    question_kind varchar not null check (question_kind in ('ask', 'visit', 'watch')),
    words varchar not null,
    asked_by varchar not null,
    asked_by_teacher_id varchar,
    asked_at timestamp not null,
    answer varchar,
    answered_by varchar,
    answered_at timestamp
);

-- "Classes like these could test it": goes to a teacher privately; whoever invites reads counts. To decline
-- leaves no trace that the inviter could read.
create table practice_invitation (
    invitation_id varchar primary key,
    practice_id varchar not null,
    origin_test_id varchar not null,
    teacher_id varchar not null,
    section_id varchar not null,
    subject varchar not null,
    school_year smallint not null,
    invited_by varchar not null,
    invited_at timestamp not null,
    answer varchar check (answer in ('accepted', 'declined')),
    answered_at timestamp,
    test_id varchar
);

-- A team shows one of its tests by name of school and month; the latest row of a test counts.
create table practice_test_release (
    test_id varchar not null,
    team_id varchar not null,
    released_by varchar not null,
    released_at timestamp not null,
    taken_back_at timestamp
);

-- The authors' own words beside the computed evidence.
create table practice_note (
    practice_id varchar primary key,
    version integer not null,
    words varchar not null,
    written_by varchar not null,
    written_at timestamp not null
);

-- What all tests of a practice say together: computed, replaced whole, never edited by hand. Effects in
-- student SD.
create table practice_evidence (
    practice_id varchar primary key,
    -- 'idea', 'tested once', 'replicated', 'confirmed here', 'adopted', 'retired'.
    step varchar not null,
    words varchar not null,
    -- What is missing for the next step, in words.
    missing varchar not null,
    -- What is met already, and which step `missing` speaks of; reasons are a line each.
    met varchar,
    next_step varchar,
    tests integer not null,
    -- The same teachers' tests counted once.
    teams integer,
    -- Tests that began and have no measured effect: what a file drawer would hide.
    unmeasured_tests integer,
    -- Measured, but not pooled: without a comparison, or in the classes where the practice was found.
    left_out_tests integer,
    practice_sections integer not null,
    schools integer not null,
    teachers integer not null,
    students integer not null,
    estimate double,
    standard_error double,
    -- The 90 % interval, and where 90 % of new classes would lie.
    lower_bound double,
    upper_bound double,
    prediction_lower double,
    prediction_upper double,
    -- The 95 % interval after Hartung, Knapp, Sidik and Jonkman; from three tests on.
    hksj_lower double,
    hksj_upper double,
    tau double,
    i_squared double,
    probability_helped double,
    probability_meaningful double,
    -- P(the effect in a new class > 0).
    probability_next double,
    -- ESSA tier 1 to 4 that the designs support, and why.
    tier smallint,
    tier_words varchar not null,
    tier_reason varchar,
    tier_missing varchar,
    balancing_harm boolean not null,
    -- JSON list of {"kind": 'course', 'grade band', 'school size' or 'starting level', "value", "tests", and, where
    -- enough teachers and students stand behind them, "estimate", "lower", "upper", "helped"; a course has "subject"
    -- and "grade" too.
    contexts varchar not null,
    data_version bigint not null,
    computed_at timestamp not null
);

-- Every measured test of a practice beside the pool: what it weighs there, itself drawn to the mean, the pool
-- without it, and the pool as it stood when this test ended.
create table practice_evidence_test (
    practice_id varchar not null,
    test_id varchar not null,
    -- 'pooled', 'still running', 'no comparison', 'too different at the start' or 'where it was found'.
    place varchar not null,
    -- Tests with the same number were tried by the same teachers and enter as one.
    team_number integer,
    test_order integer not null,
    weight double,
    shrunken_effect double,
    shrunken_lower double,
    shrunken_upper double,
    without_estimate double,
    without_lower double,
    without_upper double,
    so_far_estimate double,
    so_far_lower double,
    so_far_upper double,
    primary key (practice_id, test_id)
);
