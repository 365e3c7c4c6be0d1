-- A teacher's own answers to "did you do it?", the latest of each class and week.
-- parameters: $teacher_id
-- columns: test_id, section_id, week_of, done, times, changed
-- scope: self
select test_id, section_id, week_of, done, times, changed
from (
    select
        test_id,
        section_id,
        week_of,
        done,
        times,
        changed,
        row_number() over (
            partition by test_id, section_id, week_of order by answered_at desc nulls last
        ) as place
    from fidelity_check
    where teacher_id = $teacher_id
) as answer
where place = 1
order by test_id nulls last, section_id nulls last, week_of nulls last
