-- Practice cards the viewer may open and why: her own; one she was asked to check; one her team took into
-- its work while it was open, or made itself; a card of her team that nobody owns; or one whose authors all agreed to
-- a scope she is in. A card reaches no further than its most careful author's decision in force; no decision is no
-- reach. A decision is about the teams she was in and the schools where the roster had her when she took it; where
-- it did not have her at all then, those of today. What a viewer reads of a card's history begins with the words
-- that stood when the authors last agreed to show it, since earlier drafts may name them, and ends, for a team that
-- keeps a card which is closed to it, with those of the day it was closed.
-- parameters: $teacher_id, $team_ids, $school_ids, $in_district, $today, $unnamed_school
-- columns: practice_id, reach, is_author, in_reach, of_team, in_work, version, first_version
-- scope: consent
-- duckdb only: unnest of a list parameter
with viewer_team as (
    select cast(unnest($team_ids) as varchar) as team_id
),

teacher_school as (
    select distinct teacher_id, school_id from current_teaching where school_id <> $unnamed_school
),

viewer_school as (
    select cast(unnest($school_ids) as varchar) as school_id
    union
    select school_id from teacher_school where teacher_id = $teacher_id
),

author_decision as (
    select
        author.practice_id,
        author.teacher_id,
        decision.decided_at,
        case decision.scope
            when 'team' then 1 when 'school' then 2 when 'district' then 3 when 'network' then 4 else 0
        end as reach
    from card_author as author
    left join
        practice_consent as decision
        on author.practice_id = decision.practice_id
        and author.teacher_id = decision.teacher_id
        and decision.withdrawn_at is null
        and decision.until_on >= $today
),

agreed as (
    select practice_id, min(reach) as reach, max(decided_at) as since from author_decision group by practice_id
),

-- When a card was closed, or shown to others than before: a decision ended, or a co-author came.
closing as (
    select
        practice_id,
        least(
            coalesce(withdrawn_at, timestamp '9999-12-31 00:00:00'),
            cast(until_on as timestamp) + interval 1 day
        ) as closed_at
    from practice_consent
    union all
    select practice_id, added_at as closed_at from practice_author where left_at is null
),

-- Since when the roster has known an author at a school.
known_at as (
    select
        teacher.teacher_id,
        school.school_id,
        min(greatest(assigned_with.confirmed_at, section_with.confirmed_at)) as since
    from teacher_version as teacher
    inner join section_teacher_version as assigned on teacher.teacher_key = assigned.teacher_key
    inner join section_version as section on assigned.section_key = section.section_key
    inner join school_version as school on section.school_key = school.school_key
    left join upload as assigned_with on assigned.upload_key = assigned_with.upload_key
    left join upload as section_with on section.upload_key = section_with.upload_key
    where
        teacher.teacher_id in (
            select author_decision.teacher_id
            from author_decision
            inner join agreed on author_decision.practice_id = agreed.practice_id
            where agreed.reach = 2
        )
    group by teacher.teacher_id, school.school_id
),

known_first as (
    select teacher_id, min(since) as since from known_at group by teacher_id
),

card_team as (
    select practice_id, team_id from practice where team_id is not null
    union
    select author.practice_id, member.team_id
    from author_decision as author
    inner join practice on author.practice_id = practice.practice_id
    inner join team_member as member on author.teacher_id = member.teacher_id
    where
        practice.team_id is null
        and member.joined_on <= cast(author.decided_at as date)
        and (member.left_on is null or member.left_on > $today)
),

card_school as (
    select author.practice_id, teacher_school.school_id
    from author_decision as author
    inner join teacher_school on author.teacher_id = teacher_school.teacher_id
    inner join
        known_at
        on teacher_school.teacher_id = known_at.teacher_id
        and teacher_school.school_id = known_at.school_id
    inner join known_first on author.teacher_id = known_first.teacher_id
    where
        known_at.since is null
        or known_at.since <= author.decided_at
        or known_first.since > author.decided_at
    union
    select card_team.practice_id, team.school_id
    from card_team
    inner join team on card_team.team_id = team.team_id
    where team.school_id is not null
),

way as (
    select
        practice_id,
        'author' as way,
        timestamp '0001-01-01 00:00:00' as read_from,
        timestamp '9999-12-31 00:00:00' as read_until
    from card_author
    where teacher_id = $teacher_id
    union all
    select
        practice_id,
        'check' as way,
        coalesce(asked_at, timestamp '9999-12-31 00:00:00') as read_from,
        timestamp '9999-12-31 00:00:00' as read_until
    from practice_check
    where checker_teacher_id = $teacher_id and checked_at is null
    union all
    select
        practice.practice_id,
        'work' as way,
        timestamp '0001-01-01 00:00:00' as read_from,
        timestamp '9999-12-31 00:00:00' as read_until
    from practice
    inner join viewer_team on practice.team_id = viewer_team.team_id
    left join card_author as author on practice.practice_id = author.practice_id
    where author.practice_id is null
    union all
    select
        taken.practice_id,
        'work' as way,
        taken.taken_at as read_from,
        coalesce(
            (
                select min(closing.closed_at)
                from closing
                where closing.practice_id = taken.practice_id and closing.closed_at >= taken.taken_at
            ),
            timestamp '9999-12-31 00:00:00'
        ) as read_until
    from practice_taken as taken
    inner join viewer_team on taken.team_id = viewer_team.team_id
    union all
    select
        test.practice_id,
        'work' as way,
        timestamp '0001-01-01 00:00:00' as read_from,
        timestamp '9999-12-31 00:00:00' as read_until
    from practice_test as test
    inner join viewer_team on test.team_id = viewer_team.team_id
    inner join practice on test.practice_id = practice.practice_id and test.team_id = practice.team_id
    union all
    select
        candidate.practice_id,
        'work' as way,
        timestamp '0001-01-01 00:00:00' as read_from,
        timestamp '9999-12-31 00:00:00' as read_until
    from candidate_practice as candidate
    inner join inquiry on candidate.inquiry_id = inquiry.inquiry_id
    inner join viewer_team on inquiry.team_id = viewer_team.team_id
    inner join
        practice
        on candidate.practice_id = practice.practice_id and inquiry.team_id = practice.team_id
    where candidate.removed_at is null
    union all
    select
        agreed.practice_id,
        'team' as way,
        agreed.since as read_from,
        timestamp '9999-12-31 00:00:00' as read_until
    from agreed
    inner join card_team on agreed.practice_id = card_team.practice_id
    inner join viewer_team on card_team.team_id = viewer_team.team_id
    where agreed.reach >= 1
    union all
    select
        agreed.practice_id,
        'school' as way,
        agreed.since as read_from,
        timestamp '9999-12-31 00:00:00' as read_until
    from agreed
    inner join card_school on agreed.practice_id = card_school.practice_id
    inner join viewer_school on card_school.school_id = viewer_school.school_id
    where agreed.reach = 2
    union all
    select
        practice_id, 'district' as way, since as read_from, timestamp '9999-12-31 00:00:00' as read_until
    from agreed
    where reach >= 4 or (reach = 3 and cast($in_district as boolean))
),

allowed as (
    select
        way.practice_id,
        coalesce(max(agreed.reach), 0) as reach,
        bool_or(way.way = 'author') as is_author,
        bool_or(way.way in ('team', 'school', 'district')) as in_reach,
        bool_or(way.way = 'team') as of_team,
        bool_or(way.way = 'work') as in_work,
        min(way.read_from) as read_from,
        max(way.read_until) as read_until
    from way
    inner join practice on way.practice_id = practice.practice_id
    left join agreed on way.practice_id = agreed.practice_id
    where practice.withdrawn_at is null or way.way in ('author', 'work')
    group by way.practice_id
)

select
    allowed.practice_id,
    allowed.reach,
    allowed.is_author,
    allowed.in_reach,
    allowed.of_team,
    allowed.in_work,
    max(words.version) as version,
    coalesce(max(words.version) filter (where words.made_at <= allowed.read_from), min(words.version))
        as first_version
from allowed
inner join practice_version as words on allowed.practice_id = words.practice_id
where words.made_at <= allowed.read_until
group by allowed.practice_id, allowed.reach, allowed.is_author, allowed.in_reach, allowed.of_team, allowed.in_work
