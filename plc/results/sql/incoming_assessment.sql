-- Assessments of a results file. An assessment is its name; where one name stands for two kinds (an autumn
-- baseline and a spring interim), the kind becomes part of the id.
-- parameters: none
-- columns: number, assessment_id, name, kind, subject, grade, school_year, taken_on, max_score, reliability, purpose
-- scope: system
with named as (
    select
        assessment, kind, subject, grade, school_year, min(taken_on) as taken_on, max(max_score) as max_score
    from placed_row
    where problem is null
    group by assessment, kind, subject, grade, school_year
),
counted as (
    select *, count(*) over (partition by assessment, subject, grade, school_year) as kinds from named
),
-- Classes take an assessment on different days: its own date is the first of them.
taken_by_others as (
    select a.assessment_id, a.subject, a.grade, a.school_year, min(r.taken_on) as taken_on
    from assessment a
    join result r on r.assessment_key = a.assessment_key
    left join student_word w on w.student_key = r.student_key
    where w.student_key is null and a.name in (select assessment from named)
    group by a.assessment_id, a.subject, a.grade, a.school_year
),
identified as (
    select
        c.*,
        case
            when c.kinds > 1 or a.kind <> c.kind or b.kind = c.kind then c.assessment || ' (' || c.kind || ')'
            else c.assessment
        end as assessment_id
    from counted c
    left join
        assessment a
        on a.assessment_id = c.assessment
        and a.subject = c.subject
        and a.grade is not distinct from c.grade
        and a.school_year = c.school_year
    left join
        assessment b
        on b.assessment_id = c.assessment || ' (' || c.kind || ')'
        and b.subject = c.subject
        and b.grade is not distinct from c.grade
        and b.school_year = c.school_year
)
select
    row_number() over (order by i.school_year, i.subject, i.grade, i.taken_on, i.assessment_id) as number,
    i.assessment_id,
    i.assessment as name,
    i.kind,
    i.subject,
    i.grade,
    i.school_year,
    -- An upload of somebody who may not say who teaches does not move the date of a test that others took.
    case
        when o.taken_on is not null and exists (select 1 from uploader) then o.taken_on
        else least(i.taken_on, o.taken_on)
    end as taken_on,
    i.max_score,
    null::double as reliability,
    null::varchar as purpose
from identified i
left join
    taken_by_others o
    on o.assessment_id = i.assessment_id
    and o.subject = i.subject
    and o.grade is not distinct from i.grade
    and o.school_year = i.school_year
