-- Rows of an upload that are not told apart by what is here already: of classes that the uploader does not teach,
-- and those whose student has a result of the same assessment outside her classes.
-- parameters: none
-- columns: line
-- scope: system
with own as (
    select section_key from own_section
    union
    select section_key from keyed_section where fresh
),
held_by_others as (
    select distinct h.student_key, h.assessment_key, h.standard_key
    from result h
    left join own_section o on o.section_key = h.section_key
    where o.section_key is null and exists (select 1 from uploader)
)
select m.line
from merged_result m
cross join uploader u
left join own o on o.section_key = m.section_key
left join
    held_by_others h
    on h.student_key = m.student_key
    and h.assessment_key = m.assessment_key
    and h.standard_key = m.standard_key
where o.section_key is null or h.student_key is not null
