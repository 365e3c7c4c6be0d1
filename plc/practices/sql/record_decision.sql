-- A person's decision about a card.
-- parameters: $practice_id, $teacher_id, $scope, $name_shown, $welcomes, $until_on, $decided_at
-- columns: none
-- scope: self
insert into practice_consent (practice_id, teacher_id, scope, name_shown, welcomes, until_on, decided_at)
values ($practice_id, $teacher_id, $scope, $name_shown, $welcomes, $until_on, $decided_at)
