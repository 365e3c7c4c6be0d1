-- A teacher's own decisions in force.
-- parameters: $teacher_id, $today
-- columns: scope, name_shown, given_on, until_on
-- scope: self
select scope, name_shown, given_on, until_on
from consent
where teacher_id = $teacher_id and withdrawn_on is null and until_on >= $today
order by scope nulls last
