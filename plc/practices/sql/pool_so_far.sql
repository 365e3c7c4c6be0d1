-- The pool of a card's tests as it stood after each of them, in their order, without saying which test.
-- parameters: $practice_id
-- columns: so_far_estimate, so_far_lower, so_far_upper
-- scope: card
select beside.so_far_estimate, beside.so_far_lower, beside.so_far_upper
from practice_evidence_test as beside
inner join visible_practice as visible on beside.practice_id = visible.practice_id
where beside.practice_id = $practice_id and beside.so_far_estimate is not null
order by beside.test_order nulls last
