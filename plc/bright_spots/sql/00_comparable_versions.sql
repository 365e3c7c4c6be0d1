-- How many assessments count together with another version of the same test.
-- parameters: none
-- columns: versions
-- scope: system
select count(*) as versions
from pooled_assessment
