-- A made-up teacher's decision on being named. To a team a result is opened by its switch: a decision about it
-- is over.
-- parameters: $consent_id, $teacher_id, $scope, $name_shown, $given_on, $until_on, $withdrawn_on
-- columns: none
-- scope: system
insert into consent (consent_id, teacher_id, scope, name_shown, given_on, until_on, withdrawn_on)
values ($consent_id, $teacher_id, $scope, $name_shown, $given_on, $until_on,
    case when $scope = 'team' then coalesce(cast($withdrawn_on as date), $given_on) else $withdrawn_on end)
