-- A team's agreement to look together.
-- parameters: $team_agreement_id, $team_id, $team_name, $agreed_on, $until_on, $recorded_by
-- columns: none
-- scope: agreement
insert into team_agreement (team_agreement_id, team_id, team_name, agreed_on, until_on, recorded_by)
values ($team_agreement_id, $team_id, $team_name, $agreed_on, $until_on, $recorded_by)
