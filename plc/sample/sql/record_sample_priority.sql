-- What a made-up district or school works on.
-- parameters: $priority_id, $school_id, $title, $subject, $grades, $set_at
-- columns: none
-- scope: system
insert into priority (priority_id, school_id, title, subject, grades, set_by, set_at)
values (
    $priority_id, $school_id, $title, $subject, $grades,
    case when cast($school_id as varchar) is null then 'district leader' else 'principal' end, $set_at
)
