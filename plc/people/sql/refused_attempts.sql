-- What was refused and concerned nobody in particular, by day and role; names nobody.
-- parameters: $since
-- columns: day, role, thing, attempts
-- scope: system
select cast(happened_at as date) as day, role, thing, count(*) as attempts
from audit_entry
where refused and subject_id is null and happened_at >= $since
group by cast(happened_at as date), role, thing
order by day desc nulls last, role nulls last, thing nulls last
