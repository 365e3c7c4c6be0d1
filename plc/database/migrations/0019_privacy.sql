-- Frozen releases of figures that cross a team or school, erasure, and what retention records: owned by the
-- privacy room.
--
-- A *kind* is one family of figures (`catch_up`, `practice_areas`). A *whole* is a sum over people; a *table*
-- divides a whole among cells by a *dimension* (school, a student group). A *generation* is one release.

create table figure_release (
    release_id varchar primary key,
    kind varchar not null,
    generation integer not null,
    -- The month it was made for, as 2026-05: a kind is released once a month by itself.
    period varchar not null,
    released_at timestamp not null,
    released_by varchar not null,
    data_version bigint not null,
    -- What its figures say of the whole district besides cells, frozen with them: JSON.
    context varchar not null
);

-- Every cell of every release, as it was shown: `figure` is JSON, null where hidden; `made_in` is the generation
-- that worked it out, earlier than `generation` where too few people changed to say anything new.
create table figure_cell (
    kind varchar not null,
    generation integer not null,
    table_name varchar not null,
    cell varchar not null,
    label varchar not null,
    made_in integer,
    figure varchar
);

-- What a unit (one student in one school year) added to a whole, from the release `born` until the release
-- `died`. Needed to count who changed between releases. A student who was erased keeps a place under a negative
-- number and without a value, so that the next release still counts that somebody left.
create table figure_unit (
    kind varchar not null,
    whole varchar not null,
    unit bigint not null,
    student_key integer not null,
    contribution varchar not null,
    born integer not null,
    died integer
);

-- The cell of each dimension a unit was in. Wholes of one `frame` share them.
create table figure_place (
    kind varchar not null,
    frame varchar not null,
    dimension varchar not null,
    unit bigint not null,
    cell varchar not null,
    born integer not null,
    died integer
);

-- Who teaches or taught whom in the year that a figure is read, from the release `since` until the release `until`.
create table figure_teacher (
    kind varchar not null,
    whole varchar not null,
    unit bigint not null,
    teacher_key integer not null,
    since integer not null,
    until integer
);

-- A teacher's own students who began a year behind, read by her alone; others read, by consent, only that
-- they exceed expectation.
create table own_catch_up (
    teacher_id varchar not null,
    subject varchar not null,
    students double not null,
    sections integer not null,
    teachers integer not null,
    caught_up double not null,
    expected double not null,
    excess double not null,
    lower_bound double not null,
    upper_bound double not null,
    exceeds boolean not null,
    data_version bigint not null
);

-- That somebody was erased, and when: nothing in it leads back to whom.
create table erasure (
    erasure_id varchar primary key,
    erased_at timestamp not null,
    erased_by varchar not null,
    reason varchar not null,
    rows_erased bigint not null,
    -- Null until copies are gone, figures of classes are made anew and the file is written anew.
    finished_at timestamp
);

-- Uploads that can no longer be undone as a whole, because rows of them were erased or purged.
create table undo_ended (
    upload_key integer primary key,
    ended_at timestamp not null,
    reason varchar not null check (reason in ('erasure', 'purge'))
);

-- School years whose results were purged.
create table purge (
    school_year smallint not null,
    purged_at timestamp not null,
    purged_by varchar not null,
    rows_purged bigint not null,
    -- As for an erasure.
    finished_at timestamp
);

-- How many transactions this program committed; a file beside the database says the same, so that changes lost
-- with a damaged write-ahead log are noticed.
create table commit_count (commits bigint not null);

insert into commit_count values (0);
