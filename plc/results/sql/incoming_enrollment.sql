-- A student's share of assessments in each section of a subject and year, over this file and everything
-- loaded before. A student enrolled by a roster keeps the roster's shares.
-- parameters: none
-- columns: student_key, section_key, share, begin_on, end_on
-- scope: system
with named as (
    select distinct n.student_key, n.section_key, n.assessment_key, s.subject, s.school_year
    from numbered_row n
    join keyed_section s on s.section_key = n.section_key
),
affected as (
    select distinct student_key, subject, school_year from named
),
on_roster as (
    select distinct v.student_key, s.subject, s.school_year
    from enrollment_version v
    join upload u on u.upload_key = v.upload_key
    join section s on s.section_key = v.section_key
    where v.superseded_by is null and starts_with(u.format, 'bundle')
),
taken as (
    select student_key, section_key, assessment_key, subject, school_year from named
    union
    select r.student_key, r.section_key, r.assessment_key, s.subject, s.school_year
    from result r
    join section s on s.section_key = r.section_key
    join
        affected a
        on a.student_key = r.student_key
        and a.subject = s.subject
        and a.school_year = s.school_year
),
counted as (
    select t.student_key, t.section_key, t.subject, t.school_year, count(*) as assessments
    from taken t
    left join
        on_roster o
        on o.student_key = t.student_key and o.subject = t.subject and o.school_year = t.school_year
    where o.student_key is null
    group by t.student_key, t.section_key, t.subject, t.school_year
)
select
    student_key,
    section_key,
    assessments::double / sum(assessments) over (partition by student_key, subject, school_year) as share,
    null::date as begin_on,
    null::date as end_on
from counted
