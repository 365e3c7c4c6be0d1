-- What the calibration of starting points needs of each section. A starting point is at the ceiling
-- when it is the highest value of its scale and at least $tied students share that value.
-- parameters: $tied
-- columns: section_key, school_key, subject_key, grade, school_year, students, started, taught_before, sum_start, sum_square, sum_error_variance, at_ceiling
-- scope: system
select
    start.section_key,
    scanned_section.school_key,
    scanned_section.subject_key,
    scanned_section.grade,
    scanned_section.school_year,
    count(*) as students,
    count(start.start_y) as started,
    sum(case when start.start_y is null and start.taught_before then 1 else 0 end) as taught_before,
    coalesce(sum(start.start_y), 0) as sum_start,
    coalesce(sum(start.start_y * start.start_y), 0) as sum_square,
    coalesce(sum(case when start.start_y is not null then scale.error_variance end), 0) as sum_error_variance,
    coalesce(
        sum(
            case
                when
                    scale_spread.at_top >= $tied
                    and start.start_y >= (scale_spread.top_z - scale_spread.mean_z) / scale_spread.sd_z
                    then 1
                else 0
            end
        ),
        0
    ) as at_ceiling
from start
inner join scanned_section on start.section_key = scanned_section.section_key
left join scale on start.start_scale = scale.scale_key
left join scale_spread on start.start_scale = scale_spread.scale_key
group by
    start.section_key,
    scanned_section.school_key,
    scanned_section.subject_key,
    scanned_section.grade,
    scanned_section.school_year
order by start.section_key
