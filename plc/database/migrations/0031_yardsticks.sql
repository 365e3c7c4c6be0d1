-- What results of one course are set against in Seek: owned by the inquiry room.

-- The district's results of one assessment as they were when somebody was first shown a figure beside them, or when so
-- many had changed that it was taken anew (`number` counts up). Kept, since what was shown once stays known and
-- could be subtracted. Starting points up to `low_cut` are the lowest third, up to `middle_cut` the middle one.
create table seek_yardstick (
    yardstick_id varchar primary key,
    subject varchar not null,
    grade smallint,
    school_year smallint not null,
    assessment_id varchar not null,
    number integer not null,
    taken_on date not null,
    low_cut double,
    middle_cut double
);

-- Where starting points stood: of each starting test the mean and spread of the course's shares of points.
create table seek_yardstick_start (
    yardstick_id varchar not null,
    start_id varchar not null,
    mean_share double,
    sd_share double
);

-- Where scores stood; an empty `standard_id` is the assessment as a whole.
create table seek_yardstick_moment (
    yardstick_id varchar not null,
    standard_id varchar not null,
    mean_score double,
    sd_score double
);

-- How results went with starting points, and where percents of points stood.
create table seek_yardstick_slope (
    yardstick_id varchar not null,
    standard_id varchar not null,
    slope double,
    mean_x double,
    mean_z double,
    sd_percent double,
    mean_percent double
);

-- The classes behind it. Each byte of `state` changes with the results and starting points of an eighth of the students.
create table seek_yardstick_class (
    yardstick_id varchar not null,
    standard_id varchar not null,
    section_id varchar not null,
    state ubigint not null
);

-- Who loaded results of a class: what she knows of it.
create table seek_yardstick_hand (
    yardstick_id varchar not null,
    section_id varchar not null,
    uploaded_by varchar not null
);
