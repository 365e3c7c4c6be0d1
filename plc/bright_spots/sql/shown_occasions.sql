-- The occasions behind bright spots whose figures this viewer may see; her own at any size, others' from
-- $minimum students on; of a bright spot she has not seen herself yet none. A class that is taught together is told only where she may see everyone's figures.
-- parameters: $teacher_id, $minimum
-- columns: teacher_id, subject, section_id, school_year, assessment_name, taken_on, students, effect, lower_bound, upper_bound
-- scope: visible
select
    occasion.teacher_id,
    occasion.subject,
    occasion.section_id,
    occasion.school_year,
    occasion.assessment_name,
    occasion.taken_on,
    occasion.students,
    occasion.effect,
    occasion.lower_bound,
    occasion.upper_bound
from scan_occasion as occasion
inner join visible_teacher as shown on occasion.teacher_id = shown.teacher_id
inner join scan_finding as finding
    on
        occasion.scan_key = finding.scan_key
        and occasion.teacher_id = finding.teacher_id
        and occasion.subject = finding.subject
where
    occasion.scan_key = (select max(scan.scan_key) from scan)
    and shown.numbers_shown
    and finding.standard_id = ''
    and finding.label in ('early signal', 'bright spot', 'consistent bright spot')
    and not exists (
        select 1
        from own_result_unseen as unseen
        where
            unseen.teacher_id = occasion.teacher_id
            and unseen.teacher_id is distinct from $teacher_id
            and unseen.subject = occasion.subject
            and unseen.kind = 'result'
            and unseen.part = ''
    )
    and (occasion.students >= $minimum or occasion.teacher_id = $teacher_id)
    and not exists (
        select 1
        from taught_class
        where
            taught_class.section_id = occasion.section_id
            and taught_class.subject = occasion.subject
            and taught_class.school_year = occasion.school_year
            and occasion.teacher_id is distinct from $teacher_id
            and taught_class.teacher_id not in (
                select readable.teacher_id from visible_teacher as readable where readable.numbers_shown
            )
    )
order by
    occasion.teacher_id nulls last,
    occasion.subject nulls last,
    occasion.taken_on nulls last,
    occasion.section_id nulls last
