-- What people say about their assessments: what one is for, and which two are versions of one test. These
-- are decisions of people, not rows of a file, so undoing an upload leaves them.

create table measure_purpose (
    subject varchar not null,
    name varchar not null,
    purpose varchar not null,
    tells varchar,
    cannot_tell varchar,
    given_when varchar,
    scale varchar,
    stated_by varchar not null,
    stated_at timestamp not null,
    primary key (subject, name)
);

-- `version_name` is another version (another language, a paper form) of `main_name`.
create table comparability (
    subject varchar not null,
    version_name varchar not null,
    main_name varchar not null,
    reason varchar not null,
    signed_by varchar not null,
    signed_at timestamp not null,
    withdrawn_by varchar,
    withdrawn_at timestamp
);

-- Versions signed to be comparable, as the one assessment whose results they join: the same subject, grade,
-- school year, kind and number of points.
create view pooled_assessment as
select version.assessment_key, min(main.assessment_key) as pooled_key
from comparability
join assessment as version
    on version.subject = comparability.subject and version.name = comparability.version_name
join assessment as main
    on main.subject = comparability.subject
    and main.name = comparability.main_name
    and main.grade is not distinct from version.grade
    and main.school_year = version.school_year
    and main.kind = version.kind
    and main.max_score is not distinct from version.max_score
where comparability.withdrawn_at is null
group by version.assessment_key;
