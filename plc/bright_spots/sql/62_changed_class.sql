-- Which classes' results changed in which part, by each teacher of the class: the subject as a whole, an assessment,
-- or a standard. Versions that count as one test are one. A class that changed hands is a change of both teachers. The
-- results of a class count with one of its teachers.
-- parameters: none
-- columns: section_key, teacher_id, subject, grade, part_kind, part, known_by, students, counts, is_retaught
-- scope: system
with taught as (
    select section_key, teacher_id, subject, grade from class_teacher
    union
    select section_key, teacher_id, subject, grade from scan_class_teacher
),

beside_first as (
    select distinct taught.section_key, taught.teacher_id
    from taught
    inner join co_teacher
        on
            taught.subject = co_teacher.subject
            and taught.teacher_id = co_teacher.teacher_id
            and co_teacher.goes_first
    inner join taught as theirs
        on taught.section_key = theirs.section_key and co_teacher.colleague_id = theirs.teacher_id
),

of_teacher as (
    select
        taught.section_key,
        taught.teacher_id,
        taught.subject,
        taught.grade,
        changed_result.known_by,
        changed_result.students,
        changed_result.counts and beside_first.section_key is null as counts,
        changed_result.is_retaught,
        assessment.kind,
        cast(assessment.taken_on as varchar) || ' ' || assessment.name as occasion,
        standard.standard_id
    from changed_result
    inner join taught on changed_result.section_key = taught.section_key
    left join beside_first
        on taught.section_key = beside_first.section_key and taught.teacher_id = beside_first.teacher_id
    left join pooled_assessment on changed_result.assessment_key = pooled_assessment.assessment_key
    left join assessment
        on coalesce(pooled_assessment.pooled_key, changed_result.assessment_key) = assessment.assessment_key
    left join standard on changed_result.standard_key = standard.standard_key
)

select section_key, teacher_id, subject, grade, 'whole' as part_kind, '' as part, known_by, students, counts, is_retaught
from of_teacher
union all
select section_key, teacher_id, subject, grade, 'assessment' as part_kind, occasion as part, known_by, students, counts, is_retaught
from of_teacher
where kind <> 'baseline'
union all
select section_key, teacher_id, subject, grade, 'standard' as part_kind, standard_id as part, known_by, students, counts, is_retaught
from of_teacher
where standard_id is not null
