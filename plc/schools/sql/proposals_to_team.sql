-- Visits the viewer's teams are invited to: only those whose host said yes, to her name too, on cards they
-- may open.
-- parameters: $team_ids
-- columns: proposal_id, practice_id, title, team_id, team_name, host_name, words, agreed_on, team_answer
-- scope: card
-- duckdb only: unnest of a list parameter in a subquery
select
    proposal.proposal_id,
    proposal.practice_id,
    words.title,
    proposal.team_id,
    team.team_name,
    (select max(teacher.name) from teacher where teacher.teacher_id = proposal.owner_teacher_id) as host_name,
    proposal.words,
    proposal.owner_answered_on as agreed_on,
    proposal.team_answer
from visit_proposal as proposal
inner join visible_practice_wording as words on proposal.practice_id = words.practice_id
inner join team on proposal.team_id = team.team_id
where
    proposal.team_id in (select unnest($team_ids))
    and proposal.owner_answer = 'yes'
    and proposal.taken_back_at is null
order by proposal.owner_answered_on desc nulls last, proposal.proposal_id nulls last
