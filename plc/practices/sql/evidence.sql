-- What all tests of a card say together, for a viewer who may open it.
-- parameters: $practice_id
-- columns: step, words, missing, met, next_step, unmeasured_tests, tests, practice_sections, schools, teachers, students, estimate, standard_error, lower_bound, upper_bound, prediction_lower, prediction_upper, hksj_lower, hksj_upper, tau, i_squared, probability_helped, probability_meaningful, probability_next, tier, tier_words, tier_reason, tier_missing, balancing_harm, contexts, computed_at
-- scope: card
select
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
    evidence.computed_at
from practice_evidence as evidence
inner join visible_practice as visible on evidence.practice_id = visible.practice_id
where evidence.practice_id = $practice_id
