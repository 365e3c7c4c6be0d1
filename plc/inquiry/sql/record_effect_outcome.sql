-- Keep the assessments that a test's figures were drawn from, those not known yet.
-- parameters: none
-- columns: none
-- scope: system
insert into test_effect_outcome by name
select supplied.*
from supplied
left join test_effect_outcome as known
    on
        supplied.test_id = known.test_id
        and supplied.subject = known.subject
        and supplied.assessment_name = known.assessment_name
        and supplied.taken_on = known.taken_on
where known.test_id is null
