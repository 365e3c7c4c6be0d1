-- Whom teams, inquiries, tests, meetings, practices or visits to classes concern: the members of the team today, the
-- authors of the card, and of a visit its host, or those visited for an inquiry.
-- parameters: $kind, $ids
-- columns: teacher_id
-- scope: system
-- duckdb only: unnest of a list parameter
with asked as (select unnest($ids) as id),

of_team as (
    select id as team_id from asked where $kind = 'team'
    union
    select inquiry.team_id from inquiry inner join asked on inquiry.inquiry_id = asked.id where $kind = 'inquiry'
    union
    select test.team_id from practice_test as test inner join asked on test.test_id = asked.id where $kind = 'test'
    union
    select meeting.team_id from meeting inner join asked on meeting.meeting_id = asked.id where $kind = 'meeting'
),

concerned as (
    select member.teacher_id
    from team_member as member
    inner join of_team on member.team_id = of_team.team_id
    where member.left_on is null
    union
    select author.teacher_id
    from card_author as author
    inner join asked on author.practice_id = asked.id
    where $kind = 'practice'
    union
    select visit.owner_teacher_id as teacher_id
    from visit_proposal as visit
    inner join asked on visit.proposal_id = asked.id
    where $kind = 'visit'
    union
    select seen.visited_teacher_id as teacher_id
    from discovery_visit as seen
    inner join asked on seen.inquiry_id = asked.id
    where $kind = 'visited'
)

select teacher_id from concerned where teacher_id is not null order by teacher_id
