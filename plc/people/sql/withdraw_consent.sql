-- Ends a teacher's decision in force within a scope.
-- parameters: $teacher_id, $scope, $today
-- columns: none
-- scope: self
update consent set withdrawn_on = $today
where teacher_id = $teacher_id and scope = $scope and withdrawn_on is null
