-- What keeps two looks at results from telling one colleague's class: a teacher's figures move only when
-- results of enough others did.

-- What stood in each class's results of an assessment at the latest scan; equal states hold equal results.
create table scan_class_state (
    section_key integer not null,
    assessment_key integer not null,
    standard_key integer not null,
    state ubigint not null
);

-- Who taught each class at the latest scan: a class that nobody teaches any more was somebody's.
create table scan_class_teacher (
    section_key integer not null,
    teacher_id varchar not null,
    subject varchar not null,
    grade smallint not null,
    share double not null
);

-- The uploads that the latest scan knew: what is not here came after it.
create table scan_known_upload (upload_key integer not null);

-- Whose results changed beside a teacher's since the look her figures are of: for the subject as a whole, one
-- assessment or one standard, a row for each scan that saw it, and of how many students. `counts` is false where no
-- upload shows the change: it may be somebody's own that she took back; `known_by` is the teacher who alone loaded it.
create table scan_pending (
    teacher_id varchar not null,
    subject varchar not null,
    part_kind varchar not null check (part_kind in ('whole', 'assessment', 'standard')),
    part varchar not null,
    changed_teacher_id varchar not null,
    students integer not null,
    known_by varchar,
    counts boolean not null
);

-- The figures each teacher was told last, by the grades they are of: in which scan's rows they stand, from which
-- scan's totals and at what moment they were made. It outlasts scans in which she had no row.
create table scan_told (
    teacher_id varchar not null,
    subject varchar not null,
    grade smallint not null,
    scan_key integer not null,
    from_scan_key integer not null,
    figures_of timestamp not null
);

-- Figures a scan took over from an earlier one, and the moment they are of.
create table scan_carried (
    scan_key integer not null,
    teacher_id varchar not null,
    subject varchar not null,
    part_kind varchar not null,
    part varchar not null,
    rows_scan_key integer not null,
    from_scan_key integer not null,
    figures_of timestamp not null
);

-- Who has seen her own result of the latest scan's school year; before a scan there is none to see.
create view seen_own_result as
select distinct own_result_opened.teacher_id
from own_result_opened
where
    own_result_opened.school_year >= (
        select coalesce(max(scan_occasion.school_year), 0)
        from scan_occasion
        where scan_occasion.scan_key = (select max(scan.scan_key) from scan)
    );
