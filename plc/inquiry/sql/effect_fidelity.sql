-- Each practice class's answers to "did you do it?": the latest of a week counts.
-- parameters: $test_id
-- columns: section_id, fully, partly, not_done
-- scope: system
select
    section_id,
    sum(case when done = 'fully' then 1 else 0 end) as fully,
    sum(case when done = 'partly' then 1 else 0 end) as partly,
    sum(case when done = 'no' then 1 else 0 end) as not_done
from latest_fidelity
where test_id = $test_id
group by section_id
order by section_id
