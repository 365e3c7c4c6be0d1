-- The variances and coefficients of the subjects a teacher has a figure in, as of the scan it is of.
-- parameters: $teacher_id
-- columns: subject, component, component_value
-- scope: self
select scan_component.subject, scan_component.component, scan_component.component_value
from scan_component
inner join (
    select distinct subject, totals_scan_key
    from told_section
    where teacher_id = $teacher_id
) as own
    on scan_component.scan_key = own.totals_scan_key and scan_component.subject = own.subject
order by scan_component.subject nulls last, scan_component.component nulls last
