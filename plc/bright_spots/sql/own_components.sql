-- The variances and coefficients of the subjects a teacher has a figure in.
-- parameters: $teacher_id
-- columns: subject, component, component_value
-- scope: self
select scan_component.subject, scan_component.component, scan_component.component_value
from scan_component
where
    scan_component.scan_key = (select max(scan.scan_key) from scan)
    and scan_component.subject in (
        select scan_own_section.subject
        from scan_own_section
        where
            scan_own_section.teacher_id = $teacher_id
            and scan_own_section.scan_key = scan_component.scan_key
    )
order by scan_component.subject nulls last, scan_component.component nulls last
