-- A teacher's decision to be named within a scope.
-- parameters: $consent_id, $teacher_id, $scope, $given_on, $until_on
-- columns: none
-- scope: self
insert into consent (consent_id, teacher_id, scope, name_shown, given_on, until_on)
values ($consent_id, $teacher_id, $scope, true, $given_on, $until_on)
