-- A made-up teacher's decision on being named.
-- parameters: $consent_id, $teacher_id, $scope, $name_shown, $given_on, $until_on, $withdrawn_on
-- columns: none
-- scope: system
insert into consent (consent_id, teacher_id, scope, name_shown, given_on, until_on, withdrawn_on)
values ($consent_id, $teacher_id, $scope, $name_shown, $given_on, $until_on, $withdrawn_on)
