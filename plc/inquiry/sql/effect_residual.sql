-- Each compared student's result beyond what her start predicts, on every occasion of her class.
-- parameters: $low_only
-- columns: student_key, section_key, scale_key, after, y, x, r
-- scope: system
select
    effect_member.student_key,
    effect_member.section_key,
    effect_result.scale_key,
    effect_result.after,
    effect_result.y,
    effect_member.x,
    effect_result.y
    - effect_slope.level
    - effect_slope.b1 * effect_member.x
    - effect_slope.b2 * effect_member.x * effect_member.x
    - effect_slope.b3 * effect_member.x * effect_member.x * effect_member.x as r
from effect_member
inner join effect_result
    on
        effect_member.student_key = effect_result.student_key
        and effect_member.section_key = effect_result.section_key
inner join effect_slope
    on effect_member.section_key = effect_slope.section_key and effect_result.after = effect_slope.after
where
    effect_member.there and effect_member.started and effect_member.after
    and (effect_member.low or not cast($low_only as boolean))
