-- The frozen line of a team in Seek: owned by the inquiry room.

-- One assessment of one team's line, as everybody reads it until a newer generation takes its place. `cells` are the
-- team's figures (JSON), never a class's. Kept, since what was shown once stays known and could be subtracted.
create table seek_line (
    line_id varchar primary key,
    team_id varchar not null,
    subject varchar not null,
    grade smallint,
    school_year smallint not null,
    assessment_id varchar not null,
    generation integer not null,
    released_on date not null,
    cells varchar not null
);

-- The classes that stand in it. `figures` has by figure a digest of the class's results, which any other result
-- changes, and its students (JSON).
create table seek_line_class (
    line_id varchar not null,
    section_id varchar not null,
    figures varchar not null
);

-- Whose class was ever drawn for whom: a class that is closed again stays known to who has seen it.
create table seek_class_seen (
    teacher_id varchar not null,
    section_id varchar not null,
    subject varchar not null,
    school_year smallint not null,
    seen_on date not null
);

-- What reteaching a standard moved over a team: counted once, when its groups were checked again.
create table reteach_told (
    inquiry_id varchar not null,
    standard_id varchar not null,
    told_on date not null,
    students integer not null,
    moved integer not null
);
