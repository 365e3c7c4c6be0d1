-- Teachers whose name the viewer may see, and whether figures come along: herself, those who opened theirs to
-- her within an agreement of a team, and those whose latest decision consents to a scope she is in.
-- Figures are for the teacher, whom she opened them to, and ($colleague) teachers of a school she said yes for;
-- everyone else reads the name. Who has not seen her own result of the latest scan's year is shown to nobody else,
-- nor is anybody in `shut_out`.
-- parameters: $teacher_id, $school_ids, $colleague, $today, $unnamed_school
-- columns: teacher_id, numbers_shown
-- scope: consent
-- duckdb only: unnest of a list parameter in a subquery
with viewer_school as (
    select cast(unnest($school_ids) as varchar) as school_id
    union
    select school_id from current_teaching where teacher_id = $teacher_id
),

near_teacher as (
    select distinct teaching.teacher_id, teaching.school_id
    from current_teaching as teaching
    inner join viewer_school on teaching.school_id = viewer_school.school_id
    where teaching.school_id <> $unnamed_school
),

decision as (
    select
        consent_id,
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
    select consent_id, teacher_id, scope from decision where newest = 1 and in_force
),

allowed as (
    -- In a seat of hers that teaches, whom she knows; in another none of these shows.
    select teacher_id, true as numbers_shown from known_teacher where cast($teacher_id as varchar) is not null
    union all
    -- She teaches there still, and said yes for that school.
    select consenting.teacher_id, cast($colleague as boolean) as numbers_shown
    from consenting
    inner join consent_school on consenting.consent_id = consent_school.consent_id
    inner join
        near_teacher
        on consenting.teacher_id = near_teacher.teacher_id
        and consent_school.school_id = near_teacher.school_id
    where consenting.scope in ('school', 'district')
    union all
    select teacher_id, false as numbers_shown from consenting where scope = 'district'
)

select
    allowed.teacher_id,
    bool_or(allowed.numbers_shown) as numbers_shown
from allowed
left join seen_own_result as seen on allowed.teacher_id = seen.teacher_id
left join shut_out on allowed.teacher_id = shut_out.teacher_id
where
    (seen.teacher_id is not null and shut_out.teacher_id is null)
    or allowed.teacher_id = cast($teacher_id as varchar)
group by allowed.teacher_id
