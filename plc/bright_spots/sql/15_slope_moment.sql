-- Cross-products of each section for the within-section slopes: powers of the calibrated starting
-- point x, the ceiling mark k, and y, the student's mean over assessments.
-- parameters: none
-- columns: section_key, students, y, x1, x2, x3, x4, x5, x6, x1y, x2y, x3y, k, ky, kx1, kx2, kx3
-- scope: system
with pupil as (
    select section_key, x, x * x as xx, at_ceiling as k, sum_y / outcomes as y
    from calibrated_start
)

select
    section_key,
    count(*) as students,
    sum(y) as y,
    sum(x) as x1,
    sum(xx) as x2,
    sum(xx * x) as x3,
    sum(xx * xx) as x4,
    sum(xx * xx * x) as x5,
    sum(xx * xx * xx) as x6,
    sum(x * y) as x1y,
    sum(xx * y) as x2y,
    sum(xx * x * y) as x3y,
    sum(k) as k,
    sum(k * y) as ky,
    sum(k * x) as kx1,
    sum(k * xx) as kx2,
    sum(k * xx * x) as kx3
from pupil
group by section_key
order by section_key
