-- The pools of cards' tests as they stood after each of them, in their order, without saying which test.
-- parameters: $practice_ids
-- columns: practice_id, so_far_estimate, so_far_lower, so_far_upper
-- scope: card
-- duckdb only: unnest of a list parameter in a subquery
select
    beside.practice_id,
    beside.so_far_estimate,
    beside.so_far_lower,
    beside.so_far_upper
from practice_evidence_test as beside
inner join visible_practice as visible on beside.practice_id = visible.practice_id
where beside.practice_id in (select unnest($practice_ids)) and beside.so_far_estimate is not null
order by beside.practice_id nulls last, beside.test_order nulls last
