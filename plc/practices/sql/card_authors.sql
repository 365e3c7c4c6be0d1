-- The authors of cards as the viewer may know them: the name where its bearer agreed and the viewer is within
-- the card's reach (authors know each other), else what she teaches. `alike` counts the teachers of the same
-- course who could be meant, the viewer aside, `alike_in_school` those of her school. A removed account shows no name,
-- nor does anybody in `shut_out`.
-- parameters: $practice_ids, $viewer_id, $today
-- columns: practice_id, is_owner, teacher_id, name, school_name, name_shown, welcomes, decided_scope, grade, subject, alike, alike_in_school, reach, is_author
-- scope: card
-- duckdb only: unnest of a list parameter
with course as (
    select teacher_id, subject, grade, school_key, count(*) as sections
    from current_teaching
    group by teacher_id, subject, grade, school_key
),

main_course as (
    select
        teacher_id,
        subject,
        grade,
        school_key,
        row_number() over (
            partition by teacher_id
            order by sections desc nulls last, subject nulls last, grade nulls last, school_key nulls last
        ) as place
    from course
),

alike as (
    select subject, grade, count(distinct teacher_id) as teachers
    from course
    where teacher_id is distinct from cast($viewer_id as varchar)
    group by subject, grade
),

alike_in_school as (
    select subject, grade, school_key, count(distinct teacher_id) as teachers
    from course
    where teacher_id is distinct from cast($viewer_id as varchar)
    group by subject, grade, school_key
)

select
    author.practice_id,
    author.is_owner,
    author.teacher_id,
    teacher.name,
    school.name as school_name,
    decision.name_shown,
    decision.welcomes,
    decision.scope as decided_scope,
    main_course.grade,
    main_course.subject,
    alike.teachers as alike,
    alike_in_school.teachers as alike_in_school,
    visible.reach,
    visible.is_author
from card_author as author
inner join visible_practice as visible on author.practice_id = visible.practice_id
left join
    practice_consent as decision
    on author.practice_id = decision.practice_id
    and author.teacher_id = decision.teacher_id
    and decision.withdrawn_at is null
    and decision.until_on >= $today
    and visible.in_reach
left join
    teacher
    on author.teacher_id = teacher.teacher_id
    and (decision.name_shown = 'name' or visible.is_author)
    and not (
        exists (
            select 1 from account as gone
            where gone.teacher_id = author.teacher_id and gone.removed_at is not null
        )
        and not exists (
            select 1 from account as live
            where live.teacher_id = author.teacher_id and live.removed_at is null
        )
    )
    and author.teacher_id not in (select shut_out.teacher_id from shut_out)
left join main_course on author.teacher_id = main_course.teacher_id and main_course.place = 1
left join school on main_course.school_key = school.school_key
left join alike on main_course.subject = alike.subject and main_course.grade = alike.grade
left join
    alike_in_school
    on main_course.subject = alike_in_school.subject
    and main_course.grade = alike_in_school.grade
    and main_course.school_key = alike_in_school.school_key
where author.practice_id in (select unnest($practice_ids))
order by author.practice_id nulls last, author.is_owner desc nulls last, author.teacher_id nulls last
