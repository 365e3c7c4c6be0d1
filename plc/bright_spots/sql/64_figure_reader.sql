-- The teachers who were told figures, by subject and each grade these are of or they teach in it now, and those that
-- share a stratum of peers with them, as in a small district neighbouring grades do; and how many
-- must have changed beside each. Where others read her figure too, one more: they know a class of their own. So it is
-- with what a look says of a subject to everybody, which has an empty teacher_id.
-- parameters: $scan_key, $labels, $least
-- columns: teacher_id, subject, grade, is_own_grade, scan_key, is_shown, needed
-- scope: system
-- duckdb only: unnest of a split string
with flagged as (
    select distinct finding.teacher_id, finding.subject
    from scan_finding as finding
    left join scan_told
        on
            finding.scan_key = scan_told.scan_key
            and finding.teacher_id = scan_told.teacher_id
            and finding.subject = scan_told.subject
    where
        finding.standard_id = ''
        and finding.label in (select unnest($labels))
        and (finding.scan_key = $scan_key or scan_told.scan_key is not null)
),

teaching as (
    select distinct teacher_id, subject, grade from taught_class
),

beside as (
    select distinct
        scan_told.teacher_id,
        scan_told.subject,
        cast(unnest(string_split(stratum.grades, ',')) as smallint) as grade,
        scan_told.scan_key
    from scan_told
    inner join scan_own_section as own
        on
            scan_told.scan_key = own.scan_key
            and scan_told.teacher_id = own.teacher_id
            and scan_told.subject = own.subject
    inner join scan_stratum as stratum
        on
            scan_told.from_scan_key = stratum.scan_key
            and own.subject = stratum.subject
            and own.stratum = stratum.stratum
),

every_grade as (
    select teacher_id, subject, grade, true as is_own_grade, scan_key from scan_told
    union all
    select teaching.teacher_id, teaching.subject, teaching.grade, true as is_own_grade, scan_told.scan_key
    from teaching
    inner join scan_told on teaching.teacher_id = scan_told.teacher_id and teaching.subject = scan_told.subject
    union all
    select teacher_id, subject, grade, false as is_own_grade, scan_key from beside
),

reader as (
    select teacher_id, subject, grade, bool_or(is_own_grade) as is_own_grade, scan_key
    from every_grade
    group by teacher_id, subject, grade, scan_key
),

-- In the smallest courses the others are as many as there can be: who has a class that the reader does not teach,
-- and of those who teach one together one.
apart as (
    select distinct reader.teacher_id, reader.subject, theirs.teacher_id as colleague_id
    from reader
    left join flagged on reader.teacher_id = flagged.teacher_id and reader.subject = flagged.subject
    inner join taught_class as theirs
        on
            reader.subject = theirs.subject
            and reader.grade = theirs.grade
            and reader.teacher_id <> theirs.teacher_id
    left join taught_class as hers
        on theirs.section_key = hers.section_key and reader.teacher_id = hers.teacher_id and hers.share > 0
    where hers.section_key is null and (flagged.teacher_id is not null or reader.teacher_id = '')
),

others as (
    select apart.teacher_id, apart.subject, count(*) as teachers
    from apart
    where
        not exists (
            select 1
            from co_teacher
            inner join apart as theirs
                on co_teacher.subject = theirs.subject and co_teacher.colleague_id = theirs.colleague_id
            where
                co_teacher.goes_first
                and co_teacher.subject = apart.subject
                and co_teacher.teacher_id = apart.colleague_id
                and theirs.teacher_id = apart.teacher_id
        )
    group by apart.teacher_id, apart.subject
)

select
    reader.teacher_id,
    reader.subject,
    reader.grade,
    reader.is_own_grade,
    reader.scan_key,
    flagged.teacher_id is not null or reader.teacher_id = '' as is_shown,
    case
        when flagged.teacher_id is not null or reader.teacher_id = ''
            then least($least + 1, greatest($least, coalesce(others.teachers, 0)))
        else $least
    end as needed
from reader
left join flagged on reader.teacher_id = flagged.teacher_id and reader.subject = flagged.subject
left join others on reader.teacher_id = others.teacher_id and reader.subject = others.subject
