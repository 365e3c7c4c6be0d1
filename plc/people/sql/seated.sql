-- The seat taken on this computer, with the latest agreement in force for its teacher.
-- parameters: $today
-- columns: role, teacher_id, school_id, team_agreement_id
-- scope: system
select
    seat.role,
    seat.teacher_id,
    seat.school_id,
    max(agreement.team_agreement_id) as team_agreement_id
from local_seat as seat
left join team_agreement_member as member on seat.teacher_id = member.teacher_id
left join
    team_agreement as agreement
    on member.team_agreement_id = agreement.team_agreement_id
    and agreement.agreed_on <= $today
    and agreement.until_on >= $today
group by seat.role, seat.teacher_id, seat.school_id
