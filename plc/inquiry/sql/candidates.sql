-- The practices considered in an inquiry of the viewer's teams, each in the latest words the viewer may read,
-- the first added first.
-- `tests` counts this inquiry's tests of it that were not withdrawn.
-- parameters: $team_ids, $inquiry_id
-- columns: practice_id, version, title, practice_version, also_typical, contrast_note, added_by, added_at, not_distinguishing, tests, decision
-- scope: team
with tested as (
    select
        practice_test.practice_id,
        count(distinct practice_test.test_id) as tests,
        max_by(test_decision.decision, test_decision.decided_at) as decision
    from practice_test
    left join test_decision on practice_test.test_id = test_decision.test_id
    where practice_test.inquiry_id = $inquiry_id and practice_test.state <> 'withdrawn'
    group by practice_test.practice_id
)

select
    candidate.practice_id,
    candidate.version,
    words.title,
    words.version as practice_version,
    candidate.also_typical,
    candidate.contrast_note,
    coalesce(teacher.name, 'someone of the team') as added_by,
    candidate.added_at,
    candidate.practice_id in (
        select not_distinguishing_practice.practice_id from not_distinguishing_practice
    ) as not_distinguishing,
    coalesce(tested.tests, 0) as tests,
    tested.decision
from candidate_practice as candidate
inner join inquiry on candidate.inquiry_id = inquiry.inquiry_id
inner join visible_practice_wording as words on candidate.practice_id = words.practice_id
left join tested on candidate.practice_id = tested.practice_id
left join teacher on candidate.added_by = teacher.teacher_id
where
    candidate.inquiry_id = $inquiry_id
    and inquiry.team_id in (select unnest($team_ids))
    and candidate.removed_at is null
order by candidate.added_at nulls last, candidate.practice_id
