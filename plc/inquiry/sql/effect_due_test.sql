-- Tests whose classes may have results that their stored effect does not know: planned or decided, begun, and measured
-- before the results' present version or the latest scan, or never.
-- parameters: $data_version
-- columns: test_id, subject, school_year
-- scope: system
select practice_test.test_id, practice_test.subject, practice_test.school_year
from practice_test
left join test_effect on practice_test.test_id = test_effect.test_id
left join test_effect_waiting as waiting on practice_test.test_id = waiting.test_id
where
    practice_test.state in ('planned', 'decided')
    and (
        test_effect.test_id is null
        or coalesce(waiting.data_version, test_effect.data_version) < $data_version
        or coalesce(waiting.measured_at, test_effect.measured_at) < (select max(finished_at) from scan)
    )
order by practice_test.subject, practice_test.school_year, practice_test.test_id
