-- What schools know: people, sections, assessments, results, and the uploads they came in.
--
-- Imported tables never change a row in place. A row names the upload that brought it and the
-- upload that replaced it; the view without `_version` shows what is current, and undoing an
-- upload removes its rows and revives those it replaced. Keys are small integers given at
-- confirm; ids are the text that schools write.

create table data_version (version bigint not null);
insert into data_version values (0);

create table upload (
    upload_key integer primary key,
    upload_id varchar not null,
    file_name varchar not null,
    sha256 varchar not null,
    format varchar not null,
    state varchar not null check (state in ('staged', 'confirmed', 'undone', 'discarded')),
    rows_read bigint not null default 0,
    rows_accepted bigint not null default 0,
    rows_duplicate bigint not null default 0,
    rows_superseded bigint not null default 0,
    rows_rejected bigint not null default 0,
    uploaded_by varchar not null,
    staged_at timestamp not null,
    confirmed_at timestamp,
    undone_at timestamp
);

create table upload_issue (
    upload_key integer not null,
    file_name varchar not null,
    row_number bigint,
    column_name varchar,
    code varchar not null,
    message varchar not null
);

create table school_version (
    school_key integer not null,
    school_id varchar not null,
    name varchar,
    district_id varchar,
    upload_key integer not null,
    superseded_by integer
);

create table teacher_version (
    teacher_key integer not null,
    teacher_id varchar not null,
    name varchar,
    upload_key integer not null,
    superseded_by integer
);

-- `pseudonym` is the keyed encryption of the student id as written; `pseudonym_unpadded` of the
-- same id without leading zeros, for files that lost them.
create table student_version (
    student_key integer not null,
    pseudonym varchar not null,
    pseudonym_unpadded varchar not null,
    upload_key integer not null,
    superseded_by integer
);

create table student_group_version (
    student_key integer not null,
    group_name varchar not null,
    group_value varchar not null,
    upload_key integer not null,
    superseded_by integer
);

create table section_version (
    section_key integer not null,
    section_id varchar not null,
    school_key integer not null,
    grade smallint not null,
    subject varchar not null,
    school_year smallint not null,
    course varchar,
    upload_key integer not null,
    superseded_by integer
);

create table section_teacher_version (
    section_key integer not null,
    teacher_key integer not null,
    share double not null,
    teacher_role varchar,
    upload_key integer not null,
    superseded_by integer
);

create table enrollment_version (
    student_key integer not null,
    section_key integer not null,
    share double not null,
    begin_on date,
    end_on date,
    upload_key integer not null,
    superseded_by integer
);

create table assessment_version (
    assessment_key integer not null,
    assessment_id varchar not null,
    name varchar not null,
    kind varchar not null check (kind in ('baseline', 'common', 'interim', 'benchmark', 'state')),
    subject varchar not null,
    grade smallint,
    school_year smallint not null,
    taken_on date not null,
    max_score double,
    reliability double check (reliability between 0 and 1),
    purpose varchar,
    upload_key integer not null,
    superseded_by integer
);

create table standard_version (
    standard_key integer not null,
    standard_id varchar not null,
    upload_key integer not null,
    superseded_by integer
);

-- `section_key` is null for a result that only serves as a starting point; `standard_key` is 0
-- for the assessment as a whole; `score` is null unless `status` is 'scored'.
create table result_version (
    student_key integer not null,
    section_key integer,
    assessment_key integer not null,
    standard_key integer not null,
    attempt smallint not null,
    score double,
    status varchar not null,
    taken_on date not null,
    upload_key integer not null,
    superseded_by integer
);

create view school as select * exclude (upload_key, superseded_by) from school_version where superseded_by is null;
create view teacher as select * exclude (upload_key, superseded_by) from teacher_version where superseded_by is null;
create view student as select * exclude (upload_key, superseded_by) from student_version where superseded_by is null;
create view student_group as select * exclude (upload_key, superseded_by) from student_group_version where superseded_by is null;
create view section as select * exclude (upload_key, superseded_by) from section_version where superseded_by is null;
create view section_teacher as select * exclude (upload_key, superseded_by) from section_teacher_version where superseded_by is null;
create view enrollment as select * exclude (upload_key, superseded_by) from enrollment_version where superseded_by is null;
create view assessment as select * exclude (upload_key, superseded_by) from assessment_version where superseded_by is null;
create view standard as select * exclude (upload_key, superseded_by) from standard_version where superseded_by is null;
create view result as select * exclude (upload_key, superseded_by) from result_version where superseded_by is null;
