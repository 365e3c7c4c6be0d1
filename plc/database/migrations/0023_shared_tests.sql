-- Which tests' figures were in a practice's pooled evidence, and when: owned by the practices room.

-- One row per value of a test that was ever pooled for everyone, from the generation `begins` of the practice's pool until
-- `ends` (2147483647 while it stands). `figures` are as they were frozen; `is_known` where the team itself released them.
-- Kept, since what was shown once stays known and could be subtracted.
create table practice_shared_test (
    practice_id varchar not null,
    test_id varchar not null,
    begins integer not null,
    ends integer not null,
    figures varchar not null,
    is_known boolean not null
);
