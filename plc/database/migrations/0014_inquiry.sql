-- An inquiry of a team through Seek, Discover, Confirm and Share; the practices it tries; the tests that
-- measure them. What people write carries `version`, so that two editors never lose each other's words.

create table inquiry (
    inquiry_id varchar primary key,
    team_id varchar not null,
    version integer not null,
    title varchar not null,
    challenge varchar not null,
    subject varchar not null,
    grade smallint,
    school_year smallint not null,
    standard_id varchar,
    -- The primary measure: one assessment by its name, or every assessment of a kind.
    measure_kind varchar,
    measure_name varchar,
    measure_purpose varchar,
    aim_amount double,
    aim_unit varchar check (aim_unit in ('points', 'sd', 'percent at level')),
    aim_by date,
    aim_for varchar,
    -- An upcoming unit, so that practices show up before it is taught.
    unit_name varchar,
    unit_starts_on date,
    priority_id varchar,
    phase varchar not null check (phase in ('seek', 'discover', 'confirm', 'share')),
    state varchar not null check (state in ('open', 'finished', 'abandoned')),
    state_reason varchar,
    -- The first time someone of the team opened the baseline.
    baseline_seen_by varchar,
    baseline_seen_on date,
    -- Why a bright-spot class and a typical class are not both visited; null while they are to be.
    visits_waived varchar,
    opened_by varchar not null,
    opened_at timestamp not null,
    changed_by varchar not null,
    changed_at timestamp not null
);

-- What an inquiry said at each version, as JSON, so that two editors' words can be put together and an
-- earlier wording brought back.
create table inquiry_wording (
    inquiry_id varchar not null,
    version integer not null,
    wording varchar not null,
    written_by varchar not null,
    written_at timestamp not null
);

-- Finished, abandoned, reopened: dated, signed, never changed.
create table inquiry_ending (
    inquiry_id varchar not null,
    state varchar not null,
    reason varchar not null,
    ended_on date not null,
    ended_at timestamp not null,
    ended_by varchar not null,
    step integer not null default 0
);

-- Every move between phases, dated and signed; nothing in it is ever changed.
create table inquiry_phase (
    inquiry_id varchar not null,
    phase varchar not null,
    moved_from varchar,
    moved_on date not null,
    moved_at timestamp not null,
    moved_by varchar not null,
    note varchar,
    -- Which event of the inquiry it is, endings counted too: two can share a second.
    step integer not null default 0
);

-- A planned or held observation or interview, of a bright-spot class or a typical one.
create table discovery_visit (
    visit_id varchar primary key,
    inquiry_id varchar not null,
    version integer not null,
    visit_kind varchar not null check (visit_kind in ('observation', 'interview')),
    class_kind varchar not null check (class_kind in ('bright spot', 'typical')),
    -- A member of the team by id; anyone else in the words of whoever planned the visit.
    visited_teacher_id varchar,
    visited_words varchar,
    visitor_teacher_id varchar,
    planned_on date,
    held_on date,
    -- Look-fors and answers, as a JSON list of {"asked": ..., "seen": ...}.
    look_fors varchar not null,
    notes varchar not null,
    made_by varchar not null,
    made_at timestamp not null,
    removed_at timestamp
);

-- A practice's identity; what it says is in its versions.
create table practice (
    practice_id varchar primary key,
    owner_teacher_id varchar,
    team_id varchar,
    origin_practice_id varchar,
    origin_inquiry_id varchar,
    made_by varchar not null,
    made_at timestamp not null,
    withdrawn_at timestamp
);

create table practice_version (
    practice_id varchar not null,
    version integer not null,
    title varchar not null,
    when_to_use varchar not null,
    steps varchar not null,
    core_parts varchar not null,
    adaptable_parts varchar not null,
    minutes double,
    went_wrong varchar not null,
    subject varchar,
    -- Grades and standards as text separated by ", ".
    grades varchar not null,
    standards varchar not null,
    made_by varchar not null,
    made_at timestamp not null,
    primary key (practice_id, version)
);

-- A practice considered in an inquiry, with the answer to "do typical classes do it too?".
create table candidate_practice (
    inquiry_id varchar not null,
    practice_id varchar not null,
    version integer not null,
    also_typical varchar not null check (also_typical in ('yes', 'no', 'unknown', 'not asked')),
    contrast_note varchar not null,
    added_by varchar not null,
    added_at timestamp not null,
    removed_at timestamp
);

-- Practices that some team found typical classes do too: marked so everywhere.
create view not_distinguishing_practice as
select distinct practice_id
from candidate_practice
where also_typical = 'yes' and removed_at is null;

-- A test: a dated plan with a prediction made before its data.
create table practice_test (
    test_id varchar primary key,
    inquiry_id varchar not null,
    team_id varchar not null,
    practice_id varchar not null,
    practice_version integer not null,
    -- First test of the practice in this inquiry is 1.
    iteration integer not null,
    -- The test this one was cloned from, by another team or as the next cycle.
    origin_test_id varchar,
    version integer not null,
    design varchar not null check (
        design in ('randomised', 'matched', 'staggered', 'difference', 'series', 'before and after')
    ),
    subject varchar not null,
    grade smallint,
    school_year smallint not null,
    standard_id varchar,
    measure_kind varchar,
    measure_name varchar,
    -- A point of the measure in SD, as known when the prediction was made.
    points_per_sd double,
    predicted_points double,
    predicted_sd double,
    prediction_words varchar not null,
    predicted_at timestamp,
    starts_on date not null,
    ends_on date not null,
    -- A staggered start: when the classes that wait begin.
    second_start_on date,
    -- When results of the measure are expected, for an assessment that nobody has given yet.
    outcome_on date,
    smallest_detectable double,
    adaptation varchar not null,
    assignment_seed bigint,
    assigned_at timestamp,
    assigned_by varchar,
    state varchar not null check (state in ('draft', 'planned', 'decided', 'withdrawn')),
    planned_by varchar not null,
    planned_at timestamp not null,
    -- A draft may still lack its prediction; a plan may not.
    check (state in ('draft', 'withdrawn') or (predicted_sd is not null and predicted_at is not null))
);

-- Every draw of which classes start, dated and signed: the one in force is the latest not undone.
create table test_assignment (
    test_id varchar not null,
    seed bigint not null,
    -- The classes drawn from and what each was drawn to do, as JSON: a repeat of the seed gives it again.
    drawn varchar not null,
    drawn_by varchar not null,
    drawn_at timestamp not null,
    undone_at timestamp
);

-- The classes of a test, by the roster's ids (with subject and school year of the test).
create table test_section (
    test_id varchar not null,
    section_id varchar not null,
    teacher_id varchar not null,
    school_id varchar not null,
    grade smallint,
    arm varchar not null check (arm in ('practice', 'comparison')),
    -- Sections compared with each other only: a school, a teacher, or a matched pair.
    block varchar not null,
    -- Differs between sections only in a staggered start; null for a comparison that never starts.
    starts_on date
);

-- What else must not get worse.
create table balancing_measure (
    test_id varchar not null,
    balancing_kind varchar not null check (
        balancing_kind in ('low starters', 'standard', 'subject', 'survey')
    ),
    -- A standard, a subject or a survey's name; '' for those who started lowest.
    balancing_target varchar not null
);

-- "Did you do it?", a row per answer; the latest of a section and week counts.
create table fidelity_check (
    test_id varchar not null,
    section_id varchar not null,
    teacher_id varchar not null,
    week_of date not null,
    done varchar not null check (done in ('fully', 'partly', 'no')),
    times integer,
    changed varchar not null,
    answered_at timestamp not null
);

-- The measured effect of a test, computed; the latest measurement of a test replaces the one before.
create table test_effect (
    test_id varchar primary key,
    practice_id varchar not null,
    measured_at timestamp not null,
    data_version bigint not null,
    -- 'measured', 'too few students', 'no outcome yet', 'not evidence' (before and after only).
    verdict varchar not null,
    design varchar not null,
    effect double,
    standard_error double,
    degrees_of_freedom double,
    hedges_g double,
    hedges_g_error double,
    lower_bound double,
    upper_bound double,
    posterior_mean double,
    posterior_lower double,
    posterior_upper double,
    probability_helped double,
    probability_meaningful double,
    probability_harmed double,
    students integer not null,
    practice_students integer not null,
    practice_sections integer not null,
    comparison_sections integer not null,
    practice_teachers integer not null,
    schools integer not null,
    baseline_difference double,
    baseline_verdict varchar,
    attrition_verdict varchar,
    -- The same test for the third of students who started lowest: effect, its error (SD), degrees of freedom.
    low_starters_effect double,
    low_starters_error double,
    low_starters_freedom double,
    low_starters_students integer,
    -- Mean starting point of the classes that tried it, in SD of the district's results; null if unknown.
    starting_level double,
    balancing_harm boolean,
    advice varchar,
    sentence varchar not null,
    -- Everything else the screen opens: JSON.
    details varchar not null
);

create table test_decision (
    test_id varchar not null,
    decision varchar not null check (decision in ('adopt', 'adapt', 'abandon', 'keep testing')),
    reason varchar not null,
    decided_by varchar not null,
    decided_on date not null,
    decided_at timestamp not null,
    next_test_id varchar
);

-- A standard to teach again, and the groups inside one's own class (student keys of the results tables).
create table reteach (
    reteach_id varchar primary key,
    inquiry_id varchar,
    team_id varchar,
    teacher_id varchar not null,
    section_id varchar not null,
    subject varchar not null,
    school_year smallint not null,
    assessment_name varchar not null,
    standard_id varchar not null,
    -- Percent of the standard's points below which a student is in the group, and from which she has moved.
    least_percent double not null,
    recheck_on date not null,
    recheck_name varchar,
    made_at timestamp not null,
    ended_at timestamp
);

create table reteach_student (
    reteach_id varchar not null,
    student_key integer not null
);
