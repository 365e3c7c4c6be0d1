-- Who belongs to which group: 1 to 3 are the starting thirds, the others the student groups scanned.
-- parameters: none
-- columns: student_key, section_key, group_key
-- scope: system
select student_key, section_key, cast(third as integer) as group_key
from starting_third
union all
select distinct
    expected.student_key,
    expected.section_key,
    cast(scanned_group.group_key as integer) as group_key
from expected
inner join student_group on expected.student_key = student_group.student_key
inner join scanned_group
    on
        student_group.group_name = scanned_group.group_name
        and student_group.group_value = scanned_group.group_value
