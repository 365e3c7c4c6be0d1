-- The cards the viewer may open that fit what she asks for, with what their tests say together. A word fits
-- where the card, its course or its standards hold it. A team's own test whose figures are withheld from
-- the viewer ($withheld_ids) is not open to her before it is released.
-- parameters: $words, $subject, $grade, $grades, $standard, $step, $low_starters, $team_ids, $withheld_ids
-- columns: practice_id, title, when_to_use, subject, grades, standards, minutes, reach, is_author, in_work, step, evidence_words, tests, practice_sections, schools, teachers, open_tests, low_starters, estimate, lower_bound, upper_bound, probability_helped, contexts
-- scope: card
-- duckdb only: unnest of a list parameter
with measured as (
    select
        test.practice_id,
        count(*) as tests,
        count(*) filter (
            where
                (
                    test.team_id in (select unnest($team_ids))
                    and test.test_id not in (select unnest($withheld_ids))
                )
                or exists (
                    select 1 from practice_test_release as open_release
                    where open_release.test_id = test.test_id and open_release.taken_back_at is null
                )
        ) as open_tests,
        count(effect.low_starters_effect) > 0 as low_starters
    from practice_test as test
    inner join test_effect as effect on test.test_id = effect.test_id
    group by test.practice_id
),

behind as (
    select test.practice_id, count(distinct member.teacher_id) as teachers
    from brought_class as member
    inner join practice_test as test on member.test_id = test.test_id
    inner join test_effect as effect on test.test_id = effect.test_id
    where member.practice
    group by test.practice_id
)

select
    words.practice_id,
    words.title,
    words.when_to_use,
    words.subject,
    words.grades,
    words.standards,
    words.minutes,
    words.reach,
    words.is_author,
    words.in_work,
    coalesce(evidence.step, 'idea') as step,
    evidence.words as evidence_words,
    coalesce(measured.tests, 0) as tests,
    coalesce(evidence.practice_sections, 0) as practice_sections,
    coalesce(evidence.schools, 0) as schools,
    coalesce(behind.teachers, 0) as teachers,
    coalesce(measured.open_tests, 0) as open_tests,
    coalesce(measured.low_starters, false) as low_starters,
    evidence.estimate,
    evidence.lower_bound,
    evidence.upper_bound,
    evidence.probability_helped,
    coalesce(evidence.contexts, '[]') as contexts
from visible_practice_wording as words
inner join practice on words.practice_id = practice.practice_id
left join practice_evidence as evidence on words.practice_id = evidence.practice_id
left join measured on words.practice_id = measured.practice_id
left join behind on words.practice_id = behind.practice_id
where
    practice.withdrawn_at is null
    and (words.in_reach or words.is_author or words.in_work)
    and ($subject is null or words.subject = $subject)
    and ($grade is null or contains(concat(', ', words.grades, ', '), concat(', ', cast($grade as varchar), ', ')))
    and ($standard is null or contains(concat(', ', words.standards, ', '), concat(', ', $standard, ', ')))
    and (
        len($grades) = 0
        or exists (
            select 1 from (select unnest($grades) as grade) as wanted
            where contains(concat(', ', words.grades, ', '), concat(', ', cast(wanted.grade as varchar), ', '))
        )
    )
    and (not $low_starters or coalesce(measured.low_starters, false))
    and ($step is null or coalesce(evidence.step, 'idea') = $step)
    and not exists (
        select 1
        from (select unnest($words) as word) as asked
        where
            not contains(
                lower(
                    concat_ws(
                        ' ', words.title, words.when_to_use, words.steps, words.core_parts,
                        words.adaptable_parts, words.went_wrong, words.subject, words.standards
                    )
                ),
                asked.word
            )
    )
