-- The parts of which each teacher was told a figure: the subject as a whole, assessments and standards.
-- parameters: none
-- columns: teacher_id, subject, part_kind, part
-- scope: system
select teacher_id, subject, 'whole' as part_kind, '' as part from figure_reader
union
select
    occasion.teacher_id,
    occasion.subject,
    'assessment' as part_kind,
    cast(occasion.taken_on as varchar) || ' ' || occasion.assessment_name as part
from scan_occasion as occasion
inner join figure_reader as reader
    on
        occasion.scan_key = reader.scan_key
        and occasion.teacher_id = reader.teacher_id
        and occasion.subject = reader.subject
union
select finding.teacher_id, finding.subject, 'standard' as part_kind, finding.standard_id as part
from scan_finding as finding
inner join figure_reader as reader
    on
        finding.scan_key = reader.scan_key
        and finding.teacher_id = reader.teacher_id
        and finding.subject = reader.subject
where finding.standard_id <> ''
