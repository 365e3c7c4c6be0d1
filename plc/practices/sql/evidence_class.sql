-- The classes of those tests: a key of the class over its years, its teacher, school and district, whether it brought
-- results of more than a few students, how many it brings to its test (an equal part of its arm), and how many its
-- school has that year.
-- parameters: $everything, $practice_ids
-- columns: test_id, section_id, teacher_id, school_id, district_id, practice, brought, class_students, school_students
-- scope: system
-- duckdb only: unnest of a list parameter
with chosen as (
    select test_id, subject, school_year
    from practice_test
    where state <> 'draft' and ($everything or practice_id in (select unnest($practice_ids)))
),

school_size as (
    select school.school_id, section.school_year, count(distinct enrollment.student_key) as students
    from enrollment
    inner join section on enrollment.section_key = section.section_key
    inner join school on section.school_key = school.school_key
    group by school.school_id, section.school_year
)

select
    chosen.test_id,
    concat(class.section_id, '|', chosen.subject, '|', chosen.school_year) as section_id,
    class.teacher_id,
    class.school_id,
    coalesce(school.district_id, '') as district_id,
    class.arm = 'practice' as practice,
    brought_class.test_id is not null as brought,
    coalesce(
        case
            when class.arm = 'practice'
                then effect.practice_students * 1.0 / greatest(effect.practice_sections, 1)
            else (effect.students - effect.practice_students) * 1.0 / greatest(effect.comparison_sections, 1)
        end,
        0
    ) as class_students,
    coalesce(school_size.students, 0) as school_students
from chosen
inner join test_section as class on chosen.test_id = class.test_id
left join brought_class on class.test_id = brought_class.test_id and class.section_id = brought_class.section_id
left join test_effect as effect on chosen.test_id = effect.test_id
left join school on class.school_id = school.school_id
left join school_size
    on class.school_id = school_size.school_id and chosen.school_year = school_size.school_year
order by chosen.test_id nulls last, class.section_id nulls last
