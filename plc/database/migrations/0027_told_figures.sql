-- What a test's figures were drawn from when they were told, so that no later figure less an earlier one is a few
-- teachers' classes.

-- The results of a class that a figure of its test stands on, as one word: another word says that they changed.
create table test_effect_class (
    test_id varchar not null,
    section_id varchar not null,
    -- '' is the test's own measure, else what is watched beside it.
    part varchar not null,
    -- '' where the class brought no results.
    signature varchar not null,
    -- Counts the figures told of the test: the one these results first stood in; 0 for one that waits.
    generation integer not null
);

-- The assessments after its start that a test's figures were drawn from, and when first.
create table test_effect_outcome (
    test_id varchar not null,
    subject varchar not null,
    assessment_name varchar not null,
    taken_on date not null,
    told_at timestamp not null
);

insert into test_effect_outcome
select
    drawn.test_id,
    drawn.subject,
    drawn.occasion ->> '$.assessment_name' as assessment_name,
    cast(drawn.occasion ->> '$.taken_on' as date) as taken_on,
    drawn.measured_at as told_at
from (
    select
        effect.test_id,
        test.subject,
        effect.measured_at,
        unnest(cast(effect.details -> '$.occasions' as json[])) as occasion
    from test_effect as effect
    inner join practice_test as test on effect.test_id = test.test_id
) as drawn
where cast(drawn.occasion ->> '$.after' as boolean);

-- A measurement after the results of too few teachers' classes changed: told to those who know these classes.
create table test_effect_waiting (
    test_id varchar primary key,
    measured_at timestamp not null,
    data_version bigint not null,
    details varchar not null
);
