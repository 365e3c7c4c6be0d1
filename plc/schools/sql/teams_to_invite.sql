-- Teams of the card's course that could visit its owner, those of the viewer's schools first: open and not asked
-- about before. No person. The owner's own teams, and those that test the card, stay in the list: which are missing
-- would tell who she is.
-- parameters: $practice_id, $school_ids, $words, $limit, $offset
-- columns: team_id, team_name, school_name, own, found
-- scope: card
-- duckdb only: unnest of a list parameter
with wording as (
    select words.subject, words.grades
    from visible_practice_wording as words
    where words.practice_id = $practice_id and words.in_reach and words.reach >= 3
),

fits as (
    select
        team.team_id,
        team.team_name,
        team.school_name,
        coalesce(team.school_id in (select unnest($school_ids)), false) as own
    from open_team as team
    inner join
        wording
        on
            (wording.subject is null or team.subject is null or team.subject = wording.subject)
            and (
                wording.grades = ''
                or team.grade is null
                or contains(concat(', ', wording.grades, ', '), concat(', ', cast(team.grade as varchar), ', '))
            )
    where
        ($words is null or contains(lower(concat_ws(' ', team.team_name, team.school_name)), lower($words)))
        and team.team_id not in (
            select proposal.team_id from visit_proposal as proposal
            where proposal.practice_id = $practice_id and proposal.taken_back_at is null
        )
)

select team_id, team_name, school_name, own, count(*) over () as found
from fits
order by own desc, school_name nulls last, team_name, team_id
limit $limit offset $offset
