-- Whose results changed in which part: the subject as a whole, an assessment, or a standard. Versions that count as
-- one test are one. A class that changed hands is a change of both teachers.
-- parameters: none
-- columns: teacher_id, subject, grade, part_kind, part, known_by, students, counts
-- scope: system
with taught as (
    select section_key, teacher_id, subject, grade from class_teacher
    union
    select section_key, teacher_id, subject, grade from scan_class_teacher
),

of_teacher as (
    select
        taught.teacher_id,
        taught.subject,
        taught.grade,
        changed_result.known_by,
        changed_result.students,
        changed_result.counts,
        assessment.kind,
        cast(assessment.taken_on as varchar) || ' ' || assessment.name as occasion,
        standard.standard_id
    from changed_result
    inner join taught on changed_result.section_key = taught.section_key
    left join pooled_assessment on changed_result.assessment_key = pooled_assessment.assessment_key
    left join assessment
        on coalesce(pooled_assessment.pooled_key, changed_result.assessment_key) = assessment.assessment_key
    left join standard on changed_result.standard_key = standard.standard_key
),

parted as (
    select teacher_id, subject, grade, known_by, students, counts, 'whole' as part_kind, '' as part from of_teacher
    union all
    select teacher_id, subject, grade, known_by, students, counts, 'assessment' as part_kind, occasion as part
    from of_teacher
    where kind <> 'baseline'
    union all
    select teacher_id, subject, grade, known_by, students, counts, 'standard' as part_kind, standard_id as part
    from of_teacher
    where standard_id is not null
)

select
    teacher_id,
    subject,
    grade,
    part_kind,
    part,
    case when count(*) = count(known_by) and min(known_by) = max(known_by) then min(known_by) end as known_by,
    max(students) as students,
    bool_or(counts) as counts
from parted
group by teacher_id, subject, grade, part_kind, part
