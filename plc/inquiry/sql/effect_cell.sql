-- Section x occasion moments of the students compared: how many, sums of results y, starts x and their products, mean
-- result beyond expectation and the squares around it.
-- parameters: none
-- columns: section_key, scale_key, after, students, sum_y, sum_yy, sum_x, sum_xx, sum_xy, mean_residual, square_residual
-- scope: system
select
    section_key,
    scale_key,
    max(after) as after,
    count(*) as students,
    sum(y) as sum_y,
    sum(y * y) as sum_yy,
    sum(x) as sum_x,
    sum(x * x) as sum_xx,
    sum(x * y) as sum_xy,
    avg(r) as mean_residual,
    greatest(sum(r * r) - count(*) * avg(r) * avg(r), 0) as square_residual
from effect_residual
group by section_key, scale_key
order by section_key, scale_key
