-- The assessments that count together with another because a version of the test is signed comparable.
-- parameters: $subject, $version_name
-- columns: assessment_key, pooled_key
-- scope: system
select p.assessment_key, p.pooled_key
from pooled_assessment p
join assessment a on a.assessment_key = p.assessment_key
where a.subject = $subject and a.name = $version_name
