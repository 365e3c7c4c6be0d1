-- The maths classes of the sample district, with who teaches most of each.
-- parameters: none
-- columns: section_id, teacher_id, school_id, grade
-- scope: system
select
    taught.section_id,
    max_by(taught.teacher_id, taught.share) as teacher_id,
    min(school.school_id) as school_id,
    min(taught.grade) as grade
from taught_class as taught
inner join school on taught.school_key = school.school_key
where taught.subject = 'maths'
group by taught.section_id
order by taught.section_id nulls last
