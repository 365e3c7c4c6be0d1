-- Rows of an assessment of which the student has a result in a class that is not the uploader's own: that result
-- stays as it is. Asked before scores are compared, by student and assessment alone: another try or another
-- standard would change what the student reached too. An empty cell is no result, so it may be filled.
-- parameters: $no_score
-- columns: line
-- scope: system
select n.line
from numbered_row n
cross join uploader u
where
    exists (
        select 1
        from result r
        left join own_section o on o.section_key = r.section_key
        where
            r.student_key = n.student_key
            and r.assessment_key = n.assessment_key
            and r.status <> $no_score
            and o.section_key is null
    )
