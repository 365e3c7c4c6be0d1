-- The cards a viewer wrote or helped to write, the latest changed first.
-- parameters: none
-- columns: practice_id, version, title, made_at, when_to_use, steps, core_parts, adaptable_parts, minutes, went_wrong, subject, grades, standards, reach, checks, checks_answered, questions, invitations
-- scope: card
select
    words.practice_id,
    words.version,
    words.title,
    words.made_at,
    words.when_to_use,
    words.steps,
    words.core_parts,
    words.adaptable_parts,
    words.minutes,
    words.went_wrong,
    words.subject,
    words.grades,
    words.standards,
    visible.reach,
    (select count(*) from practice_check as asked where asked.practice_id = words.practice_id) as checks,
    (
        select count(*)
        from practice_check as answered
        where answered.practice_id = words.practice_id and answered.checked_at is not null
    ) as checks_answered,
    (
        select count(*)
        from practice_question as question
        where question.practice_id = words.practice_id and question.answered_at is null
    ) as questions,
    (
        select count(*)
        from practice_invitation as invitation
        where invitation.practice_id = words.practice_id
    ) as invitations
from newest_wording as words
inner join visible_practice as visible on words.practice_id = visible.practice_id
inner join practice on words.practice_id = practice.practice_id
where
    visible.is_author
    and practice.withdrawn_at is null
order by words.made_at desc nulls last, words.practice_id nulls last
