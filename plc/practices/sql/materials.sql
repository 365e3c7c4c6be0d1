-- The files and links of a card that the viewer may have: all for its authors and their team, else those
-- shared with the card. A team that only tests it keeps the steps and no file. A PDF or a
-- film can carry its author's name inside and goes beyond her team only while every author shows hers.
-- parameters: $practice_id
-- columns: material_id, material_kind, title, url, file_name, media_type, byte_count, shared, added_at
-- scope: card
with author as (
    select practice_id, owner_teacher_id as teacher_id from practice where owner_teacher_id is not null
    union
    select practice_id, teacher_id from practice_author where left_at is null
),

unnamed_author as (
    select author.practice_id
    from author
    left join
        practice_consent as decision
        on author.practice_id = decision.practice_id
        and author.teacher_id = decision.teacher_id
        and decision.withdrawn_at is null
        and decision.name_shown = 'name'
    where decision.practice_id is null
)

select
    material.material_id,
    material.material_kind,
    material.title,
    material.url,
    material.file_name,
    material.media_type,
    material.byte_count,
    material.shared,
    material.added_at
from practice_material as material
inner join visible_practice as visible on material.practice_id = visible.practice_id
where
    material.practice_id = $practice_id
    and material.removed_at is null
    and (
        visible.is_author
        or visible.of_team
        or (
            material.shared
            and (visible.in_reach or not visible.in_work)
            and (
                material.media_type is null
                or material.media_type not in ('application/pdf', 'video/mp4')
                or (
                    material.practice_id in (select author.practice_id from author)
                    and material.practice_id not in (select unnamed_author.practice_id from unnamed_author)
                )
            )
        )
    )
order by material.added_at nulls last, material.material_id nulls last
