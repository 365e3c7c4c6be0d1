-- The accounts of a meeting's team today that want its digest and have not got it.
-- parameters: $meeting_id, $today
-- columns: account_id, address
-- scope: system
select distinct account.account_id, account.address
from meeting
inner join team_member as member on meeting.team_id = member.team_id
inner join account on member.teacher_id = account.teacher_id
where
    meeting.meeting_id = $meeting_id
    and member.joined_on <= $today
    and (member.left_on is null or member.left_on > $today)
    and account.removed_at is null
    and account.address <> ''
    and not exists (
        select 1 from digest_declined as declined
        where declined.team_id = member.team_id and declined.teacher_id = member.teacher_id
    )
    and account.account_id not in (
        select delivery.account_id from digest_delivery as delivery where delivery.meeting_id = $meeting_id
    )
order by account.account_id
