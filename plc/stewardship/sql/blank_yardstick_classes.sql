-- Nothing in place of what the students in `gone_student` brought to the states of their classes behind yardsticks.
-- parameters: none
-- columns: none
-- scope: system
-- duckdb only: bits of unsigned numbers
update seek_yardstick_class
set state = seek_yardstick_class.state & ~gone.mask
from (
    select section_version.section_id, bit_or(cast(255 as ubigint) << cast(8 * (student_key % 8) as ubigint)) as mask
    from gone_student
    inner join result_version using (student_key)
    inner join section_version on result_version.section_key = section_version.section_key
    group by section_version.section_id
) as gone
where seek_yardstick_class.section_id = gone.section_id
