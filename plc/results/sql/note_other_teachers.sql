-- Record the rows whose teacher is not among those the roster names for the section.
-- parameters: $file, $first_row, $scores_per_row
-- columns: none
-- scope: system
-- duckdb only: integer division
insert into found_issue
select $file, n.line // $scores_per_row + $first_row, 'teacher_id', 'roster_keeps_teachers', 'results_file', n.line
from numbered_row n
where
    n.teacher_key is not null
    and n.section_key in (
        select v.section_key
        from section_teacher_version v
        join upload u on u.upload_key = v.upload_key
        where v.superseded_by is null and starts_with(u.format, 'bundle')
    )
    and not exists (
        select 1 from section_teacher t where t.section_key = n.section_key and t.teacher_key = n.teacher_key
    )
