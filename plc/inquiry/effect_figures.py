"""Puts a test's estimate into a measured effect: posterior, effect size, checks, verdicts and words."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np

from plc.inquiry.balancing_effects import BalancingResult
from plc.inquiry.effect_record import (
    MEASURED,
    NOT_EVIDENCE,
    CheckRow,
    MeasuredEffect,
    OccasionRow,
    PriorRow,
)
from plc.inquiry.effect_words import change_sentence, effect_sentence, limits
from plc.inquiry.estimating import Estimated
from plc.inquiry.measuring import TestMoments
from plc.inquiry.tested import PlannedTest
from plc.statistics.attrition import HIGH, LOW
from plc.statistics.effect_designs import DESIGN_WORDS, Design
from plc.statistics.effect_options import SENSITIVITY
from plc.statistics.effect_posterior import ADAPT, REPLICATE, EffectPosterior, advice, effect_posterior
from plc.statistics.effect_size import clustered_g, improvement_index
from plc.statistics.moderated_effect import ModeratedEffect


def with_figures(
    test: PlannedTest,
    found: Estimated,
    moments: TestMoments,
    balancing: tuple[BalancingResult, ...],
    version: int,
    *,
    context: float,
) -> MeasuredEffect:
    """A measured effect with all its figures. `context` is the district's contextual coefficient."""
    effect = found.effect
    if effect is None:
        raise ValueError("A test without an estimate has no figures.")
    posterior = effect_posterior(effect.estimate, effect.standard_error, df=effect.df)
    points = _measure_points(moments)
    lower, upper = effect.interval()
    measured = without_figures(
        test,
        MEASURED,
        effect_sentence(test, posterior, found.practice, points=points),
        version,
        label=DESIGN_WORDS[test.design].label,
        found=found,
        limits=limits(test, found, scanned=found.variance.scan_key > 0, own_before=moments.own_before),
        points=points,
        occasions=_occasions(moments),
    )
    measured = replace(
        measured,
        advice=_advice(test, posterior, found),
        effect=effect.estimate,
        standard_error=effect.standard_error,
        df=effect.df,
        lower=lower,
        upper=upper,
        p=effect.p,
        starting_level=_starting_level(found, moments),
        balancing=balancing,
        ingredients=_ingredients(found, effect, context=context),
    )
    return _with_checks(_with_posterior(measured, effect, posterior), effect, found)


def _with_posterior(
    measured: MeasuredEffect, effect: ModeratedEffect, posterior: EffectPosterior
) -> MeasuredEffect:
    """What the estimate says with what is typical of practices."""
    priors = (posterior.prior, *SENSITIVITY)
    return replace(
        measured,
        effect_points=None if measured.points is None else posterior.mean * measured.points,
        posterior_mean=posterior.mean,
        posterior_lower=posterior.lower,
        posterior_upper=posterior.upper,
        helped=posterior.helped,
        worth_repeating=posterior.worth_repeating,
        worthwhile=posterior.worthwhile,
        harm=posterior.harm,
        sensitivity=tuple(
            _prior_row(effect_posterior(effect.estimate, effect.standard_error, df=effect.df, prior=prior))
            for prior in priors
        ),
    )


def _with_checks(measured: MeasuredEffect, effect: ModeratedEffect, found: Estimated) -> MeasuredEffect:
    """The effect size in the research's unit, and what is checked beside the estimate."""
    g = clustered_g(
        effect.estimate,
        effect.standard_error,
        found.sd,
        students=max(found.practice.compared + found.comparison.compared, 4),
        sections=len(found.used),
    )
    return replace(
        measured,
        hedges_g=g.g,
        hedges_g_error=g.standard_error,
        improvement_index=improvement_index(g.g),
        internal=_internal(effect),
        robust=_robust(effect),
        permutation=effect.permutation,
        baseline_difference=found.baseline.g if found.baseline else None,
        baseline_verdict=found.baseline.verdict if found.baseline else None,
        attrition_verdict=_attrition_verdict(found),
        attrition_bias=found.lost_students.bias if found.lost_students else None,
        pre_trend=found.pre_trend,
    )


def answered_since(told: MeasuredEffect, test: PlannedTest, version: int) -> MeasuredEffect:
    """A told effect of the same results, with what the team said of the test since."""
    kept = replace(
        told,
        fidelity=test.fidelity,
        predicted_sd=test.predicted_sd,
        predicted_points=test.predicted_points,
        predicted_late=test.predicted_late,
        data_version=version,
    )
    if told.effect is None or told.standard_error is None or told.df is None or told.practice is None:
        return kept
    posterior = effect_posterior(told.effect, told.standard_error, df=told.df)
    return replace(kept, sentence=effect_sentence(test, posterior, told.practice, points=told.points))


def of_change(
    test: PlannedTest, found: Estimated, moments: TestMoments, version: int, *, scanned: bool
) -> MeasuredEffect:
    """Where only before and after can be said: the change beside what starting low gives by itself."""
    points = _measure_points(moments)
    change = found.change
    sentence = (
        change_sentence(change, points=points)
        if change is not None
        else "There are too few occasions, or no class to compare with, to say anything."
    )
    return without_figures(
        test,
        NOT_EVIDENCE,
        sentence,
        version,
        label=DESIGN_WORDS[Design.BEFORE_AFTER].label,
        found=found,
        limits=limits(test, found, scanned=scanned, own_before=moments.own_before),
        change=change.change if change else None,
        change_spurious=change.spurious if change else None,
        points=points,
        occasions=_occasions(moments),
    )


def without_figures(
    test: PlannedTest,
    verdict: str,
    sentence: str,
    version: int,
    *,
    label: str = "",
    found: Estimated | None = None,
    limits: tuple[str, ...] = (),
    change: float | None = None,
    change_spurious: float | None = None,
    points: float | None = None,
    occasions: tuple[OccasionRow, ...] = (),
) -> MeasuredEffect:
    """A test of which no effect can be said, and why; with figures, what they are put into."""
    return MeasuredEffect(
        test_id=test.test_id,
        practice_id=test.practice_id,
        design=str(test.design),
        label=label,
        verdict=verdict,
        sentence=sentence,
        limits=limits,
        advice=None,
        practice=found.practice if found else None,
        comparison=found.comparison if found else None,
        fidelity=test.fidelity,
        predicted_sd=test.predicted_sd,
        predicted_points=test.predicted_points,
        data_version=version,
        predicted_late=test.predicted_late,
        change=change,
        change_spurious=change_spurious,
        points=points,
        schools=len({each.school_id for each in found.used}) if found else 0,
        occasions=occasions,
    )


def _advice(test: PlannedTest, posterior: EffectPosterior, found: Estimated) -> str | None:
    """What to do next: nothing after a pattern; a better test where classes began too differently."""
    if test.design is Design.SERIES:
        return None
    said = advice(posterior)
    comparable = found.baseline is None or found.baseline.equivalent or test.design is Design.RANDOMISED
    return ADAPT if said == REPLICATE and not comparable else said


def _measure_points(moments: TestMoments) -> float | None:
    """Points of one SD, averaged over the occasions after; None where there is none."""
    points = [occasion.points for occasion in moments.occasions if occasion.after]
    return float(np.mean(points)) if points else None


def _internal(effect: ModeratedEffect) -> CheckRow | None:
    alone = effect.internal
    if alone is None or not alone.df > 0:
        return None
    return CheckRow(alone.estimate, alone.standard_error, alone.df, alone.p)


def _robust(effect: ModeratedEffect) -> CheckRow | None:
    robust = effect.robust
    if robust is None or not np.isfinite(robust.p):
        return None
    return CheckRow(robust.estimate, robust.standard_error, robust.df, robust.p)


def _attrition_verdict(found: Estimated) -> str | None:
    lost = [one for one in (found.lost_students, found.lost_classes) if one is not None]
    if not lost:
        return None
    return HIGH if any(one.verdict == HIGH for one in lost) else LOW


def _prior_row(posterior: EffectPosterior) -> PriorRow:
    return PriorRow(
        prior=posterior.prior.name,
        prior_mean=posterior.prior.mean,
        prior_sd=posterior.prior.sd,
        mean=posterior.mean,
        lower=posterior.lower,
        upper=posterior.upper,
        helped=posterior.helped,
        worth_repeating=posterior.worth_repeating,
    )


def _starting_level(found: Estimated, moments: TestMoments) -> float | None:
    """Mean starting point of the practice classes' students; None where hardly any has one."""
    tried = [each.section_key for each in found.used if each.tried and each.section_key is not None]
    mine = np.isin(moments.sums["section_key"], tried)
    level = float(np.sum(moments.sums["sum_start"][mine])) / max(
        float(np.sum(moments.sums["students"][mine])), 1
    )
    return level if np.isfinite(level) and not moments.own_before else None


def _occasions(moments: TestMoments) -> tuple[OccasionRow, ...]:
    return tuple(
        OccasionRow(one.assessment_name, one.taken_on.isoformat(), one.grade, one.after, one.points)
        for one in moments.occasions
    )


def _ingredients(found: Estimated, effect: ModeratedEffect, *, context: float) -> dict[str, float]:
    """Numbers behind the estimate that speak of no single class."""
    variance = {name: float(value) for name, value in asdict(found.variance).items() if np.isfinite(value)}
    return variance | {
        "contextual_coefficient": context,
        "carry": effect.carry,
        "base_variance": effect.base_variance,
        "own_ratio": effect.ratio if np.isfinite(effect.ratio) else 1.0,
        "own_freedom": effect.own_freedom,
        "borrowed_freedom": effect.borrowed_freedom,
        "student_sd": found.sd,
    }
