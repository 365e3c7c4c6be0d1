-- Every priority in force, the district's first; titles hold nothing of people.
-- parameters: none
-- columns: priority_id, school_id, title, subject, grades
-- scope: system
select priority_id, school_id, title, subject, grades
from priority
where ended_at is null
order by case when school_id is null then 0 else 1 end, title, priority_id
