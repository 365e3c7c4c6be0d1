-- How results go with starting points, and where percents of points stand, by the yardsticks in use.
-- parameters: none
-- columns: assessment_key, standard_key, slope, mean_x, mean_z, sd_percent, mean_percent
-- scope: system
select
    seek_standing.assessment_key,
    coalesce(standard.standard_key, 0) as standard_key,
    seek_yardstick_slope.slope,
    seek_yardstick_slope.mean_x,
    seek_yardstick_slope.mean_z,
    seek_yardstick_slope.sd_percent,
    seek_yardstick_slope.mean_percent
from seek_standing
inner join seek_yardstick_slope on seek_standing.yardstick_id = seek_yardstick_slope.yardstick_id
left join standard on seek_yardstick_slope.standard_id = standard.standard_id
where standard.standard_key is not null or seek_yardstick_slope.standard_id = ''
