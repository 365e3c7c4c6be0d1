-- What a stored scan says about itself. Rows with a teacher_id are read only by a query scoped to that
-- teacher; the others speak of no one.

-- What a teacher's own figure is made of, and whether her classes agree.
create table scan_ingredient (
    scan_key integer not null,
    teacher_id varchar not null,
    subject varchar not null,
    mean_result double,
    mean_expected double,
    context double,
    peer_mean double,
    own_effect double,
    own_error double,
    mean_start double,
    own_sections integer not null,
    sections_above integer not null,
    disagreement double,
    disagreement_probability double,
    flagged boolean not null,
    robust boolean not null
);

-- A flagged teacher's probability when an assumption is another; null where the estimate did not settle.
create table scan_variant (
    scan_key integer not null,
    teacher_id varchar not null,
    subject varchar not null,
    variant varchar not null,
    probability double
);

-- A teacher's own figure beside the district, her school, and schools like hers.
create table scan_contrast (
    scan_key integer not null,
    teacher_id varchar not null,
    subject varchar not null,
    peers varchar not null,
    effect double,
    lower_bound double,
    upper_bound double,
    probability double,
    peers_in_school integer not null
);

-- A teacher's own cells: means of results and of powers of starting points (SD).
create table scan_own_cell (
    scan_key integer not null,
    teacher_id varchar not null,
    subject varchar not null,
    section_id varchar not null,
    school_year smallint not null,
    assessment_name varchar not null,
    taken_on date not null,
    students integer not null,
    mean_result double,
    x1 double,
    x2 double,
    x3 double,
    at_top double,
    mean_residual double,
    square_residual double
);

-- A teacher's own sections: the slopes of their grade, their company, their effect.
create table scan_own_section (
    scan_key integer not null,
    teacher_id varchar not null,
    subject varchar not null,
    section_id varchar not null,
    school_year smallint not null,
    grade smallint not null,
    share double,
    stratum integer,
    students integer not null,
    students_without_start integer not null,
    b1 double,
    b2 double,
    b3 double,
    b4 double,
    section_mean double,
    variance_factor double,
    section_effect double,
    section_variance double,
    adjusted_effect double,
    peer_mean double
);

-- Flags by variant, in counts.
create table scan_overlap (
    scan_key integer not null,
    subject varchar not null,
    variant varchar not null,
    flagged integer not null,
    flagged_in_variant integer not null,
    flagged_in_both integer not null
);

-- Whether the years before predict the latest, and whether estimates go with starting points.
create table scan_prediction (
    scan_key integer not null,
    subject varchar not null,
    slope double,
    lower_bound double,
    upper_bound double,
    coverage double,
    sections integer not null,
    reason varchar not null,
    start_correlation double,
    start_teachers integer not null
);

-- Bands from fitted variances and the usual class: nobody's figure enters one by one.
create table scan_funnel (
    scan_key integer not null,
    subject varchar not null,
    students integer not null,
    chance_lower double not null,
    chance_upper double not null,
    all_lower double not null,
    all_upper double not null,
    middle_lower double not null,
    middle_upper double not null
);

-- Totals of strata with enough teachers that none is left when another's classes are taken away.
create table scan_stratum (
    scan_key integer not null,
    subject varchar not null,
    stratum integer not null,
    grades varchar not null,
    school_years varchar not null,
    sections integer not null,
    teachers integer not null,
    sum_weight double not null,
    sum_weighted_effect double not null
);
