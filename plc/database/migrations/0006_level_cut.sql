-- The score that counts as "at level" on one assessment of one grade, as someone stated it and where
-- it comes from. The decision in force is the one not withdrawn; without one the district's own
-- yardstick stands in.

create table level_cut (
    subject varchar not null,
    grade smallint not null,
    assessment_name varchar not null,
    cut_score double not null,
    source varchar not null,
    stated_by varchar not null,
    stated_at timestamp not null,
    withdrawn_at timestamp
);
