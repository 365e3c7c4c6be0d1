-- Who looked at anything about this teacher, latest first; a team mate by name, everybody else by role.
-- parameters: $teacher_id, $team_ids, $limit
-- columns: happened_at, role, mate_name, action, thing, refused
-- scope: self
-- duckdb only: unnest of a list parameter in a subquery
with herself as (
    select audit_person_id from audit_person where person_kind = 'teacher' and person_id = $teacher_id
),

looker as (
    select
        person.audit_person_id,
        coalesce(account.teacher_id, case when person.person_kind = 'teacher' then person.person_id end)
            as teacher_id
    from audit_person as person
    left join account on person.person_kind = 'account' and person.person_id = account.account_id
),

mate as (
    select distinct member.teacher_id, coalesce(teacher.name, member.teacher_id) as name
    from team_member as member
    left join teacher on member.teacher_id = teacher.teacher_id
    where member.team_id in (select unnest($team_ids)) and member.left_on is null
)

select entry.happened_at, entry.role, mate.name as mate_name, entry.action, entry.thing, entry.refused
from audit_entry as entry
inner join herself on entry.subject_id = herself.audit_person_id
left join looker on entry.actor_id = looker.audit_person_id
left join mate on looker.teacher_id = mate.teacher_id
where looker.teacher_id is distinct from $teacher_id
order by entry.entry_number desc nulls last
limit $limit
