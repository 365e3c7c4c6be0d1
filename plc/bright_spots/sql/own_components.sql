-- The variances and coefficients of the subjects a teacher has a figure in, as of the scan it is of.
-- What tells a teacher's part from that of her classes is learnt from those who teach several: with one or two
-- beside the reader it would be theirs.
-- parameters: $teacher_id, $least
-- columns: subject, component, component_value
-- scope: self
with of_several as (
    select scan_key, subject, component_value as teachers
    from scan_component
    where component = 'teachers_with_several_classes'
)

select scan_component.subject, scan_component.component, scan_component.component_value
from scan_component
inner join (
    select distinct subject, totals_scan_key
    from told_section
    where teacher_id = $teacher_id
) as own
    on scan_component.scan_key = own.totals_scan_key and scan_component.subject = own.subject
left join of_several
    on scan_component.scan_key = of_several.scan_key and scan_component.subject = of_several.subject
where
    scan_component.component <> 'teachers_with_several_classes'
    and (
        of_several.teachers >= $least
        or scan_component.component in ('school', 'occasion', 'occasion_error', 'student', 'error')
    )
order by scan_component.subject nulls last, scan_component.component nulls last
