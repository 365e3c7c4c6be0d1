-- What the calibration of starting points needs of each class of the year.
-- parameters: none
-- columns: section_key, school_key, grade, students, started, sum_start, sum_square, sum_error_variance
-- scope: system
select
    start.section_key,
    scanned_section.school_key,
    scanned_section.grade,
    count(*) as students,
    count(start.start_y) as started,
    coalesce(sum(start.start_y), 0) as sum_start,
    coalesce(sum(start.start_y * start.start_y), 0) as sum_square,
    coalesce(sum(case when start.start_y is not null then scale.error_variance end), 0) as sum_error_variance
from start
inner join scanned_section on start.section_key = scanned_section.section_key
left join scale on start.start_scale = scale.scale_key
group by start.section_key, scanned_section.school_key, scanned_section.grade
order by start.section_key
