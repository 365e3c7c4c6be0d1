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
        select taught.section_key from taught_class as taught where taught.teacher_id = $teacher_id
    )
group by assessment, subject
order by rows desc, subject, assessment
