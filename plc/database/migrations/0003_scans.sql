-- What a scan leaves behind. A teacher's own row is read only by a query scoped to that teacher;
-- everyone else reads the flagged rows, by consent. `standard_key` 0 is the subject as a whole.

create table scan (
    scan_key integer primary key,
    finished_at timestamp not null,
    data_version bigint not null,
    code_version varchar not null,
    options varchar not null,
    expected_false_discovery_rate double,
    results bigint not null,
    students integer not null,
    sections integer not null,
    teachers integer not null
);

create table scan_component (
    scan_key integer not null,
    subject varchar not null,
    component varchar not null,
    component_value double not null
);

-- Students and sections left out, by reason.
create table scan_count (
    scan_key integer not null,
    subject varchar not null,
    reason varchar not null,
    students bigint not null
);

create table scan_finding (
    scan_key integer not null,
    teacher_id varchar not null,
    subject varchar not null,
    standard_id varchar not null,
    grades varchar not null,
    school_years varchar not null,
    students integer not null,
    sections integer not null,
    occasions integer not null,
    years integer not null,
    effect double,
    sd double,
    lower_bound double,
    upper_bound double,
    probability double,
    consistency double,
    label varchar not null,
    comparison_sections integer not null,
    comparison_teachers integer not null,
    notes varchar not null
);

create table scan_occasion (
    scan_key integer not null,
    teacher_id varchar not null,
    subject varchar not null,
    section_id varchar not null,
    school_year smallint not null,
    assessment_name varchar not null,
    taken_on date not null,
    students integer not null,
    effect double not null,
    lower_bound double not null,
    upper_bound double not null
);
