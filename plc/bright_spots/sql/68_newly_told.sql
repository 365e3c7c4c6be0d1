-- What each teacher with a figure in this scan is told from now on: its own or what it took over; and, with an empty
-- teacher_id, what everybody is told of a subject.
-- parameters: $scan_key, $untold
-- columns: teacher_id, subject, grade, scan_key, from_scan_key, figures_of
-- scope: system
with of_teacher as (
    select distinct
        finding.teacher_id,
        finding.subject,
        taught_class.grade
    from scan_finding as finding
    inner join taught_class
        on finding.teacher_id = taught_class.teacher_id and finding.subject = taught_class.subject
    where
        finding.scan_key = $scan_key
        and finding.standard_id = ''
        and finding.label not in (select unnest($untold))
),

reader as (
    select teacher_id, subject, grade from of_teacher
    union
    select '' as teacher_id, subject, grade from of_teacher
)

select
    reader.teacher_id,
    reader.subject,
    reader.grade,
    scan.scan_key,
    coalesce(carried.from_scan_key, scan.scan_key) as from_scan_key,
    coalesce(carried.figures_of, scan.finished_at) as figures_of
from reader
inner join scan on scan.scan_key = $scan_key
left join carried_subject as carried
    on
        scan.scan_key = carried.scan_key
        and reader.teacher_id = carried.teacher_id
        and reader.subject = carried.subject
