-- Per class, over the students compared: how many, sums of their mean result after the start and of the start as it was
-- seen, and how far students stay apart from one occasion to the next (squared sums of deviations, ordered pairs).
-- parameters: none
-- columns: section_key, students, sum_after, square_after, sum_start, square_start, sum_square, pairs
-- scope: system
with cell as (
    select section_key, scale_key, avg(r) as mean_residual
    from effect_residual
    group by section_key, scale_key
),

pupil as (
    select
        effect_residual.student_key,
        effect_residual.section_key,
        avg(case when effect_residual.after = 1 then effect_residual.y end) as mean_after,
        sum(effect_residual.r - cell.mean_residual) as d,
        count(*) as occasions
    from effect_residual
    inner join cell
        on effect_residual.section_key = cell.section_key and effect_residual.scale_key = cell.scale_key
    group by effect_residual.student_key, effect_residual.section_key
)

select
    pupil.section_key,
    count(*) as students,
    sum(pupil.mean_after) as sum_after,
    sum(pupil.mean_after * pupil.mean_after) as square_after,
    sum(effect_member.start_y) as sum_start,
    sum(effect_member.start_y * effect_member.start_y) as square_start,
    sum(pupil.d * pupil.d) as sum_square,
    sum(pupil.occasions * (pupil.occasions - 1)) as pairs
from pupil
inner join effect_member
    on pupil.student_key = effect_member.student_key and pupil.section_key = effect_member.section_key
group by pupil.section_key
order by pupil.section_key
