-- Keep which values of tests are, and were, in pools; the frame `supplied` holds them.
-- parameters: none
-- columns: none
-- scope: system
insert into practice_shared_test (practice_id, test_id, begins, ends, figures, is_known)
select practice_id, test_id, begins, ends, figures, is_known
from supplied
