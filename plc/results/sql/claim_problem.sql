-- Rows that claim more than the uploader may say. A class that is loaded keeps its teachers; a new one is taken
-- only as the uploader's own, of this school year, at a school where she teaches or at none; that a school is not
-- loaded is said apart, since she may bring such a class without it. A student is taken
-- in the class that has her; for her own classes of the latest year the uploader may name a student whom no
-- class of the subject has yet. An assessment that others gave keeps its maximum score. Where students start from
-- weighs on everybody's figures: the uploader says it of the students of her own present classes.
-- parameters: $unnamed_school, $this_school_year
-- columns: line, problem_column, problem
-- scope: system
with known as (
    select s.section_key, s.section_id, y.school_id, s.grade, s.subject, s.school_year
    from section s
    join school y on y.school_key = s.school_key
),
latest as (
    select max(school_year) as school_year from section
),
enrolled as (
    select e.student_key, e.section_key, s.subject, s.school_year, o.section_key is not null as is_own
    from enrollment e
    join section s on s.section_key = e.section_key
    left join own_section o on o.section_key = e.section_key
),
judged as (
    select
        p.line,
        p.teacher_id,
        p.section_id,
        p.school_id,
        p.grade,
        p.subject,
        p.school_year,
        w.student_key,
        k.section_key,
        k.section_key in (select section_key from own_section) as is_own,
        p.school_year = l.school_year as is_latest,
        k.section_key is null
        and p.teacher_id = u.teacher_id
        and (p.school_year = l.school_year or p.school_year <= $this_school_year)
        and p.school_year >= coalesce(l.school_year, p.school_year) as is_new_of_hers,
        p.school_id = $unnamed_school
        or p.school_id in (
            select c.school_id from current_teaching c where c.teacher_id = u.teacher_id
        ) as is_at_her_school,
        p.school_id in (select y.school_id from school y) as is_loaded_school
    from placed_row p
    cross join uploader u
    cross join latest l
    join student_word w on w.number = p.student
    left join
        known k
        on k.section_id = p.section_id
        and k.school_id = p.school_id
        and k.grade = p.grade
        and k.subject = p.subject
        and k.school_year = p.school_year
    where p.problem is null and p.section_id is not null
),
claimed_class as (
    select
        j.line,
        case when j.is_new_of_hers and not j.is_loaded_school then 'school_id' else 'teacher_id' end
            as problem_column,
        case when j.is_new_of_hers and not j.is_loaded_school then 'school_not_loaded' else 'class_kept_by_roster' end
            as problem
    from judged j
    where
        case
            when j.section_key is null and j.teacher_id is null
                then
                    not exists (
                        select 1
                        from judged o
                        where
                            o.is_new_of_hers
                            and o.is_at_her_school
                            and o.section_id = j.section_id
                            and o.school_id = j.school_id
                            and o.grade = j.grade
                            and o.subject = j.subject
                            and o.school_year = j.school_year
                    )
            when j.section_key is null then not coalesce(j.is_new_of_hers and j.is_at_her_school, false)
            else
                j.teacher_id is not null
                and not exists (
                    select 1
                    from taught_class taught
                    where taught.section_key = j.section_key and taught.teacher_id = j.teacher_id
                )
        end
),
claimed_student as (
    select j.line, 'student_id' as problem_column, 'student_kept_by_roster' as problem
    from judged j
    where
        not exists (
            select 1 from enrolled e where e.student_key = j.student_key and e.section_key = j.section_key
        )
        and (
            (j.section_key is not null and not (j.is_own and j.is_latest))
            or not coalesce(
                (
                    select bool_or(e.is_own)
                    from enrolled e
                    where
                        e.student_key = j.student_key and e.subject = j.subject and e.school_year = j.school_year
                ),
                true
            )
        )
),
claimed_start as (
    select p.line, 'student_id' as problem_column, 'start_of_others' as problem
    from placed_row p
    cross join uploader u
    cross join latest l
    join student_word w on w.number = p.student
    where
        p.problem is null
        and (p.section_id is null or p.kind = 'baseline' or p.school_year < l.school_year)
        and not coalesce(
            (
                select bool_or(e.is_own)
                from enrolled e
                where e.student_key = w.student_key and e.school_year = l.school_year
            ),
            true
        )
),
claimed_maximum as (
    select p.line, 'max_score' as problem_column, 'maximum_kept' as problem
    from placed_row p
    cross join uploader u
    join
        assessment a
        on a.assessment_id in (p.assessment, p.assessment || ' (' || p.kind || ')')
        and a.kind = p.kind
        and a.subject = p.subject
        and a.grade is not distinct from p.grade
        and a.school_year = p.school_year
    where
        p.problem is null
        and p.max_score <> a.max_score
        and exists (
            select 1
            from result r
            left join own_section o on o.section_key = r.section_key
            where r.assessment_key = a.assessment_key and o.section_key is null
        )
)
select line, min(problem_column) as problem_column, min(problem) as problem
from (
    select line, problem_column, problem from claimed_class
    union all
    select line, problem_column, problem
    from claimed_student
    where line not in (select line from claimed_class)
    union all
    select line, problem_column, problem
    from claimed_start
    where
        line not in (select line from claimed_class)
        and line not in (select line from claimed_student)
    union all
    select line, problem_column, problem
    from claimed_maximum
    where
        line not in (select line from claimed_class)
        and line not in (select line from claimed_student)
        and line not in (select line from claimed_start)
)
group by line
