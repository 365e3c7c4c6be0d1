-- Where starting points of the course stand today: of each starting test the mean and spread.
-- parameters: none
-- columns: start_key, start_id, mean_share, sd_share
-- scope: system
select
    seek_start.start_key,
    assessment.assessment_id as start_id,
    avg(seek_start.share) as mean_share,
    stddev_samp(seek_start.share) as sd_share
from seek_start
inner join assessment on seek_start.start_key = assessment.assessment_key
group by seek_start.start_key, assessment.assessment_id
