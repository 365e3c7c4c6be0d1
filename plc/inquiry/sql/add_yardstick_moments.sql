-- Where scores stand today, for yardsticks that are taken now.
-- parameters: $yardstick_ids
-- columns: none
-- scope: system
insert into seek_yardstick_moment
select
    seek_yardstick.yardstick_id,
    coalesce(standard.standard_id, '') as standard_id,
    avg(seek_counted.score) as mean_score,
    stddev_samp(seek_counted.score) as sd_score
from seek_counted
inner join assessment on seek_counted.assessment_key = assessment.assessment_key
inner join seek_yardstick on assessment.assessment_id = seek_yardstick.assessment_id
left join standard on seek_counted.standard_key = standard.standard_key
where seek_yardstick.yardstick_id in (select unnest($yardstick_ids))
group by seek_yardstick.yardstick_id, standard.standard_id
