-- The variances and coefficients of the subjects a teacher has a figure in, as of the scan it is of.
-- parameters: $teacher_id
-- columns: subject, component, component_value
-- scope: self
with own as (
    select distinct
        scan_own_section.subject,
        coalesce(scan_carried.from_scan_key, scan_own_section.scan_key) as scan_key
    from scan_own_section
    left join scan_carried
        on
            scan_own_section.scan_key = scan_carried.scan_key
            and scan_own_section.teacher_id = scan_carried.teacher_id
            and scan_own_section.subject = scan_carried.subject
            and scan_carried.part_kind = 'whole'
    where
        scan_own_section.teacher_id = $teacher_id
        and scan_own_section.scan_key = (select max(scan.scan_key) from scan)
)

select scan_component.subject, scan_component.component, scan_component.component_value
from scan_component
inner join own on scan_component.scan_key = own.scan_key and scan_component.subject = own.subject
order by scan_component.subject nulls last, scan_component.component nulls last
