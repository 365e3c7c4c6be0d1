-- Made-up teachers who consented to be named, or opened their result to a team, have seen it themselves first.
-- parameters: $opened_at
-- columns: none
-- scope: system
insert into own_result_opened (teacher_id, school_year, opened_at)
select seen.teacher_id, latest.school_year, $opened_at
from (
    select teacher_id from consent
    union
    select teacher_id from team_agreement_member where opened_on is not null
) as seen
cross join (select max(section.school_year) as school_year from section) as latest
