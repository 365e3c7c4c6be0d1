-- Rows of a bundle's results with what they name, or the problem that keeps them out. A result without a
-- section belongs to the student's section of the subject and year on its date; else, when the enrolments do
-- not settle it, to the one with the largest share.
-- parameters: none
-- columns: line, student_key, section_key, assessment_key, standard_key, attempt, score, status, taken_on, note, problem_column, problem
-- scope: system
with every_section as (
    select section_key, subject, school_year from keyed_section
    union
    select section_key, subject, school_year from section
),
enrolled as (
    select e.student_key, e.section_key, e.share, e.begin_on, e.end_on, s.subject, s.school_year
    from (
        select student_key, section_key, share, begin_on, end_on from incoming_enrollment
        union all
        select student_key, section_key, share, begin_on, end_on
        from enrollment
        where student_key not in (select student_key from incoming_enrollment)
    ) e
    join every_section s on s.section_key = e.section_key
),
own_section as (
    select
        student_key,
        subject,
        school_year,
        count(*) as sections,
        arg_max(section_key, struct_pack(share := share, tie := -section_key)) as section_key
    from enrolled
    group by student_key, subject, school_year
),
single_assessment as (
    select * from known_assessment where assessments = 1
),
named as (
    select
        p.line,
        p.assessment_id,
        p.section_id,
        p.attempt,
        p.score,
        p.status,
        p.standard,
        w.student_key,
        s.sections,
        case when s.sections = 1 then s.section_key end as section_key,
        coalesce(a.assessment_key, b.assessment_key) as assessment_key,
        coalesce(a.subject, b.subject) as subject,
        coalesce(a.school_year, b.school_year) as school_year,
        coalesce(a.taken_on, b.taken_on) as taken_on,
        coalesce(a.max_score, b.max_score) as max_score,
        coalesce(a.kind, b.kind) as kind
    from parsed_results p
    left join keyed_student w on w.number = p.student
    left join known_section s on s.section_id = p.section_id
    left join single_assessment a on a.assessment_id = p.assessment_id
    left join
        (select * from known_assessment where assessments > 1) b
        on b.assessment_id = p.assessment_id
        and b.subject = s.subject
        and b.school_year = s.school_year
        and b.grade is not distinct from s.grade
    where not p.blank and p.line not in (select line from set_aside where table_name = 'results')
),
on_its_date as (
    select n.line, min(e.section_key) as section_key
    from named n
    join enrolled e on e.student_key = n.student_key and e.subject = n.subject and e.school_year = n.school_year
    where
        n.section_id is null
        and (e.begin_on is not null or e.end_on is not null)
        and n.taken_on >= coalesce(e.begin_on, n.taken_on)
        and n.taken_on <= coalesce(e.end_on, n.taken_on)
    group by n.line
    having count(*) = 1
)
select
    n.line,
    n.student_key,
    coalesce(n.section_key, t.section_key, o.section_key) as section_key,
    n.assessment_key,
    coalesce(d.standard_key, 0) as standard_key,
    coalesce(n.attempt, 1)::smallint as attempt,
    n.score,
    n.status,
    n.taken_on,
    case
        when n.section_id is not null then null
        when t.section_key is null and o.sections > 1 then 'section_by_share'
        when
            o.sections is null
            and n.kind <> 'baseline'
            and n.school_year in (select school_year from every_section)
            then 'no_section'
    end as note,
    case
        when n.student_key is null then 'student_id'
        when n.assessment_key is null then 'assessment_id'
        when n.section_id is not null and coalesce(n.sections, 0) <> 1 then 'section_id'
        when n.score > n.max_score then 'score'
    end as problem_column,
    case
        when n.student_key is null then 'unknown_student'
        when n.assessment_key is null
            then
                case
                    when n.assessment_id in (select assessment_id from known_assessment) then 'ambiguous_assessment'
                    else 'unknown_assessment'
                end
        when n.section_id is not null and n.sections is null then 'unknown_section'
        when n.section_id is not null and n.sections > 1 then 'ambiguous_section'
        when n.score > n.max_score then 'above_maximum'
    end as problem
from named n
left join
    own_section o
    on n.section_id is null
    and o.student_key = n.student_key
    and o.subject = n.subject
    and o.school_year = n.school_year
left join on_its_date t on t.line = n.line
left join keyed_standard d on d.standard_id = n.standard
