-- What the viewer was asked about her own cards: who asks by role and school, which team would come.
-- parameters: $teacher_id
-- columns: proposal_id, practice_id, title, team_name, school_name, words, proposed_role, proposer_school, proposed_on, owner_answer, team_answer, own_team
-- scope: self
select
    proposal.proposal_id,
    proposal.practice_id,
    (select wording.title from newest_wording as wording where wording.practice_id = proposal.practice_id) as title,
    team.team_name,
    coming.school_name,
    proposal.words,
    proposal.proposed_role,
    asking.school_name as proposer_school,
    proposal.proposed_on,
    proposal.owner_answer,
    proposal.team_answer,
    exists (
        select 1 from team_member as member
        where
            member.team_id = proposal.team_id
            and member.teacher_id = proposal.owner_teacher_id
            and member.left_on is null
    ) as own_team
from visit_proposal as proposal
inner join team on proposal.team_id = team.team_id
left join named_school as coming on team.school_id = coming.school_id
left join named_school as asking on proposal.school_id = asking.school_id
where
    proposal.owner_teacher_id = $teacher_id
    and proposal.taken_back_at is null
    and (proposal.owner_answer is null or proposal.owner_answer = 'yes')
order by proposal.proposed_at desc nulls last, proposal.proposal_id nulls last
