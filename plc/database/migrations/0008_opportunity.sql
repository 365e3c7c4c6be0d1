-- What a scan leaves of groups of students. Rows are a teacher's own, read by her alone; others read, by
-- consent, only that a bright spot also holds for the students who started lowest. Whether to warn is
-- worked out where she reads it and is not stored.

create table scan_opportunity (
    scan_key integer not null,
    teacher_id varchar not null,
    subject varchar not null,
    student_group varchar not null,
    students integer not null,
    sections integer not null,
    effect double,
    sd double,
    lower_bound double,
    upper_bound double,
    probability double,
    label varchar not null
);

-- Those who started lowest against her other students: the difference of their effects (SD), the
-- probability that theirs is below 0 and that the difference is below -0.10.
create table scan_balancing (
    scan_key integer not null,
    teacher_id varchar not null,
    subject varchar not null,
    students integer not null,
    others integer not null,
    difference double not null,
    lower_bound double not null,
    upper_bound double not null,
    below double not null,
    behind double not null
);
