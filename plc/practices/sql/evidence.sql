-- What all tests of cards say together, with the authors' own words beside it, a row for each that the viewer may
-- open; without tests all but the note are null.
-- parameters: $practice_ids
-- columns: practice_id, step, words, missing, met, next_step, unmeasured_tests, tests, practice_sections, schools, teachers, students, estimate, standard_error, lower_bound, upper_bound, prediction_lower, prediction_upper, hksj_lower, hksj_upper, tau, i_squared, probability_helped, probability_meaningful, probability_next, tier, tier_words, tier_reason, tier_missing, balancing_harm, contexts, computed_at, note, note_version
-- scope: card
-- duckdb only: unnest of a list parameter in a subquery
select
    visible.practice_id,
    evidence.step,
    evidence.words,
    evidence.missing,
    evidence.met,
    evidence.next_step,
    evidence.unmeasured_tests,
    evidence.tests,
    evidence.practice_sections,
    evidence.schools,
    evidence.teachers,
    evidence.students,
    evidence.estimate,
    evidence.standard_error,
    evidence.lower_bound,
    evidence.upper_bound,
    evidence.prediction_lower,
    evidence.prediction_upper,
    evidence.hksj_lower,
    evidence.hksj_upper,
    evidence.tau,
    evidence.i_squared,
    evidence.probability_helped,
    evidence.probability_meaningful,
    evidence.probability_next,
    evidence.tier,
    evidence.tier_words,
    evidence.tier_reason,
    evidence.tier_missing,
    evidence.balancing_harm,
    evidence.contexts,
    evidence.computed_at,
    note.words as note,
    note.version as note_version
from visible_practice as visible
left join practice_evidence as evidence on visible.practice_id = evidence.practice_id
left join practice_note as note on visible.practice_id = note.practice_id
where visible.practice_id in (select unnest($practice_ids))
