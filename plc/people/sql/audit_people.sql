-- The audit's ids of some people; $person_kind and $person_id go side by side.
-- parameters: $person_kind, $person_id
-- columns: person_kind, person_id, audit_person_id
-- scope: system
-- duckdb only: unnest of list parameters side by side
with asked as (
    select unnest($person_kind) as person_kind, unnest($person_id) as person_id
)
select person.person_kind, person.person_id, person.audit_person_id
from audit_person as person
inner join asked on person.person_kind = asked.person_kind and person.person_id = asked.person_id
