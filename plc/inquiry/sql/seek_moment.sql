-- Where scores stand by the yardsticks in use.
-- parameters: none
-- columns: assessment_key, standard_key, mean_score, sd_score
-- scope: system
select
    seek_standing.assessment_key,
    coalesce(standard.standard_key, 0) as standard_key,
    seek_yardstick_moment.mean_score,
    seek_yardstick_moment.sd_score
from seek_standing
inner join seek_yardstick_moment on seek_standing.yardstick_id = seek_yardstick_moment.yardstick_id
left join standard on seek_yardstick_moment.standard_id = standard.standard_id
where standard.standard_key is not null or seek_yardstick_moment.standard_id = ''
