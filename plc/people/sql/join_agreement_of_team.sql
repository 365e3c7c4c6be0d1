-- Puts a new member into her team's agreement in force; her results stay closed until she opens them.
-- parameters: $team_id, $teacher_id, $today
-- columns: none
-- scope: self
insert into team_agreement_member (team_agreement_id, teacher_id)
select agreement.team_agreement_id, $teacher_id
from team_agreement as agreement
left join
    team_agreement_member as member
    on agreement.team_agreement_id = member.team_agreement_id
    and member.teacher_id = $teacher_id
where
    agreement.team_id = $team_id
    and agreement.ended_on is null
    and agreement.until_on >= $today
    and member.teacher_id is null
