-- When the yardsticks in use were taken.
-- parameters: none
-- columns: assessment_id, taken_on
-- scope: system
select assessment_id, taken_on from seek_standing
