-- Outcomes that were there once: a prediction written after them is none, though their upload was undone.

-- A row per class, assessment and standard of an upload that was undone. '' is the assessment as a whole.
create table result_taken_back (
    section_id varchar not null,
    subject varchar not null,
    school_year smallint not null,
    assessment_name varchar not null,
    assessment_kind varchar not null,
    standard_id varchar not null,
    taken_on date not null,
    taken_back_at timestamp not null
);

-- Whether a test's prediction was written or changed after the first outcome of its measure was there.
alter table test_effect add column predicted_late boolean default false;
