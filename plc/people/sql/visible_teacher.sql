-- Teachers whose name the viewer may see, and whether figures come along: herself, those who opened theirs
-- within an agreement of a team she is in, and those whose latest decision consents to a scope she is in.
-- Figures are for the teacher, her teams, and ($colleague) teachers of her school; everyone else reads the
-- name. Who has not seen her own result of the latest scan's year is shown to nobody else.
-- parameters: $teacher_id, $team_ids, $school_ids, $colleague, $today, $unnamed_school
-- columns: teacher_id, numbers_shown
-- scope: consent
-- duckdb only: unnest of a list parameter in a subquery
with viewer_school as (
    select cast(unnest($school_ids) as varchar) as school_id
    union
    select school_id from current_teaching where teacher_id = $teacher_id
),

near_teacher as (
    select distinct teaching.teacher_id
    from current_teaching as teaching
    inner join viewer_school on teaching.school_id = viewer_school.school_id
    where teaching.school_id <> $unnamed_school
),

agreed as (
    select mate.teacher_id, mate.opened_on
    from team_agreement as agreement
    inner join team on agreement.team_id = team.team_id
    inner join team_agreement_member as mate on agreement.team_agreement_id = mate.team_agreement_id
    inner join team_agreement_member as viewer on agreement.team_agreement_id = viewer.team_agreement_id
    inner join
        team_member as member
        on agreement.team_id = member.team_id and mate.teacher_id = member.teacher_id
    where
        agreement.team_id in (select unnest($team_ids))
        and team.closed_at is null
        and agreement.agreed_on <= $today
        and agreement.until_on >= $today
        and agreement.ended_on is null
        and member.left_on is null
        and viewer.teacher_id = $teacher_id
),

decision as (
    select
        teacher_id,
        scope,
        name_shown and withdrawn_on is null and until_on >= $today as in_force,
        row_number() over (
            partition by teacher_id, scope
            order by given_on desc nulls last, withdrawn_on desc nulls first, consent_id desc nulls last
        ) as newest
    from consent
    where given_on <= $today
),

consenting as (
    select teacher_id, scope from decision where newest = 1 and in_force
),

-- Who has seen her own result of the latest scan first; before a scan there is none to see.
opened as (
    select distinct own_result_opened.teacher_id
    from own_result_opened
    where
        own_result_opened.school_year >= (
            select coalesce(max(scan_occasion.school_year), 0)
            from scan_occasion
            where scan_occasion.scan_key = (select max(scan.scan_key) from scan)
        )
),

allowed as (
    select cast($teacher_id as varchar) as teacher_id, true as numbers_shown
    where cast($teacher_id as varchar) is not null
    union all
    select teacher_id, true as numbers_shown from agreed where opened_on <= $today
    union all
    select consenting.teacher_id, true as numbers_shown
    from consenting
    inner join agreed on consenting.teacher_id = agreed.teacher_id
    where consenting.scope = 'team'
    union all
    select consenting.teacher_id, cast($colleague as boolean) as numbers_shown
    from consenting
    inner join near_teacher on consenting.teacher_id = near_teacher.teacher_id
    where consenting.scope in ('school', 'district')
    union all
    select teacher_id, false as numbers_shown from consenting where scope = 'district'
)

select allowed.teacher_id, bool_or(allowed.numbers_shown) as numbers_shown
from allowed
left join opened on allowed.teacher_id = opened.teacher_id
where opened.teacher_id is not null or allowed.teacher_id = cast($teacher_id as varchar)
group by allowed.teacher_id
