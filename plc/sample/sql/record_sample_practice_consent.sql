-- How far a made-up author shares her card.
-- parameters: $practice_id, $owner, $scope, $name_shown, $welcomes, $until_on, $decided_at
-- columns: none
-- scope: system
insert into practice_consent (practice_id, teacher_id, scope, name_shown, welcomes, until_on, decided_at)
values ($practice_id, $owner, $scope, $name_shown, $welcomes, $until_on, $decided_at)
