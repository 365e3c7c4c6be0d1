-- What the viewer proposed. A no reads like no answer yet: to decline leaves no trace.
-- A card no longer open to her has no title.
-- parameters: $proposed_by, $school_ids, $of_district, $limit
-- columns: proposal_id, practice_id, title, team_name, proposed_on, agreed_on, team_answer, team_answered_on
-- scope: card
-- duckdb only: unnest of a list parameter in a subquery
select
    proposal.proposal_id,
    proposal.practice_id,
    words.title,
    team.team_name,
    proposal.proposed_on,
    case when proposal.owner_answer = 'yes' then proposal.owner_answered_on end as agreed_on,
    case when proposal.owner_answer = 'yes' then proposal.team_answer end as team_answer,
    case when proposal.owner_answer = 'yes' then proposal.team_answered_on end as team_answered_on
from visit_proposal as proposal
left join visible_practice_wording as words on proposal.practice_id = words.practice_id
inner join team on proposal.team_id = team.team_id
where
    proposal.taken_back_at is null
    and proposal.proposed_by = $proposed_by
    and case
        when $of_district then proposal.school_id is null
        else proposal.school_id in (select unnest($school_ids))
    end
order by proposal.proposed_at desc, proposal.proposal_id
limit $limit
