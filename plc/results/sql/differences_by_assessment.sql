-- How many results already here a staged upload would change, by assessment: of every class ($all_classes), or of
-- the classes of this teacher.
-- parameters: $path, $all_classes, $teacher_id
-- columns: assessment, subject, rows
-- scope: self
-- duckdb only: read_parquet
select assessment, subject, count(*) as rows
from read_parquet($path) as changed
where
    $all_classes
    or changed.section_before in (
        select section_teacher.section_key
        from section_teacher
        inner join teacher on section_teacher.teacher_key = teacher.teacher_key
        where teacher.teacher_id = $teacher_id
    )
group by assessment, subject
order by rows desc, subject, assessment
