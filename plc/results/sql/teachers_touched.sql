-- Teachers other than the uploader whose classes, or whose students of this subject, the results of a staged upload
-- are about, and those whose classes hold what it replaces.
-- parameters: $path, $teacher_id
-- columns: teacher_id
-- scope: self
-- duckdb only: read_parquet
with brought as (
    select student_key, section_key, assessment_key, standard_key from read_parquet($path) as added
),
touched as (
    select section_key from brought
    union
    select h.section_key
    from brought b
    join
        result h
        on h.student_key = b.student_key
        and h.assessment_key = b.assessment_key
        and h.standard_key = b.standard_key
    union
    select e.section_key
    from brought b
    join assessment a on a.assessment_key = b.assessment_key
    join enrollment e on e.student_key = b.student_key
    join section s on s.section_key = e.section_key and s.subject = a.subject
    where b.section_key is null
)
select distinct taught.teacher_id
from touched b
join taught_class taught on taught.section_key = b.section_key
where taught.teacher_id <> $teacher_id
order by taught.teacher_id nulls last
