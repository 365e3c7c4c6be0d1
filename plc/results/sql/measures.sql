-- Every measure with results, of one upload when its id is given, with what people or a bundle say of it.
-- parameters: $upload_id
-- columns: subject, name, purpose, tells, cannot_tell, given_when, scale, stated_by, stated_at
-- scope: system
with measured as (
    select a.subject, a.name, max(a.purpose) as own_purpose
    from assessment a
    where
        $upload_id is null
        or a.assessment_key in (
            select r.assessment_key
            from result_version r
            join upload u on u.upload_key = r.upload_key
            where u.upload_id = $upload_id
        )
    group by a.subject, a.name
)
select
    m.subject,
    m.name,
    coalesce(p.purpose, m.own_purpose) as purpose,
    p.tells,
    p.cannot_tell,
    p.given_when,
    p.scale,
    p.stated_by,
    p.stated_at
from measured m
left join measure_purpose p on p.subject = m.subject and p.name = m.name
order by m.subject, m.name
