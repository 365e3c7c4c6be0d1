"""Which step of the ladder a practice's evidence has reached: computed from counts, never set by hand.

Idea, tested once, replicated, confirmed here, adopted; retired whenever its tests or its teams have given it
up. Every step is what the evidence says today, so that a status can go down. What a single test advises is
not part of the evidence and moves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from plc.core.articles import with_article
from plc.practices.thresholds import Thresholds

NO_CLEAR_EFFECT = "no clear effect so far"


class Step(StrEnum):
    """The steps, in words for the screen."""

    IDEA = "idea"
    TESTED_ONCE = "tested once"
    REPLICATED = "replicated"
    CONFIRMED = "confirmed here"
    ADOPTED = "adopted"
    RETIRED = "retired"


LADDER = (Step.IDEA, Step.TESTED_ONCE, Step.REPLICATED, Step.CONFIRMED, Step.ADOPTED)


@dataclass(frozen=True, slots=True)
class PracticeEvidence:
    """What a status is computed from. Effects in SD.

    tests              measured with a comparison; teams: the same teachers' tests counted once
    practice_sections, teachers, schools  distinct ones that tried it in those tests
    lower, upper       90 % interval of the mean effect; None without a test
    robust_lower       lower end of the interval a confirmation needs, None below three teams
    meaningful         P(mean effect > 0.05), None without a test
    tests_with_harm, tests_checked_for_harm  of those tests
    teams_adopting, teams_abandoning, teams_deciding  by each team's latest decision
    withdrawn          its owner took the card back
    """

    tests: int = 0
    teams: int = 0
    practice_sections: int = 0
    teachers: int = 0
    schools: int = 0
    lower: float | None = None
    upper: float | None = None
    robust_lower: float | None = None
    meaningful: float | None = None
    tests_with_harm: int = 0
    tests_checked_for_harm: int = 0
    teams_adopting: int = 0
    teams_abandoning: int = 0
    teams_deciding: int = 0
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a step asks for, in words with its figure, and whether it is met."""

    step: Step
    words: str
    met: bool


@dataclass(frozen=True, slots=True)
class Status:
    """A step, the line that says it, and why: what is met, and what the next step still asks for.

    next_step is None at the top and for a retired practice, whose `met` says why it was retired.
    """

    step: Step
    words: str
    met: tuple[str, ...]
    missing: tuple[str, ...]
    next_step: Step | None


def practice_status(evidence: PracticeEvidence, thresholds: Thresholds) -> Status:
    """The step that the evidence supports today."""
    if retired := _retired(evidence, thresholds):
        return Status(Step.RETIRED, _retired_line(evidence, retired[0]), _words(retired), (), None)
    conditions = _conditions(evidence, thresholds)
    step = Step.IDEA
    for following in LADDER[1:]:
        if not all(condition.met for condition in conditions if condition.step is following):
            break
        step = following
    next_step = LADDER[LADDER.index(step) + 1] if step is not LADDER[-1] else None
    return Status(
        step=step,
        words=_line(step, evidence),
        met=_words([condition for condition in conditions if condition.met]),
        missing=_words([one for one in conditions if one.step is next_step and not one.met]),
        next_step=next_step,
    )


def effect_words(evidence: PracticeEvidence) -> str:
    """What several tests say of the direction, in a few words; '' below two tests."""
    if evidence.tests < 2 or evidence.lower is None or evidence.upper is None:
        return ""
    if evidence.lower > 0:
        return "students gained more with it, on average over its tests"
    if evidence.upper < 0:
        return "students gained less with it, on average over its tests"
    return NO_CLEAR_EFFECT


def _retired_line(evidence: PracticeEvidence, reason: Condition) -> str:
    """What the tests say first, then why nobody goes on: set aside is not shown to be of no use."""
    effect = effect_words(evidence)
    if not effect:
        return f"Retired: {reason.words}"
    return f"{effect[0].upper()}{effect[1:]}; retired, because {reason.words}"


def _line(step: Step, evidence: PracticeEvidence) -> str:
    if step is Step.IDEA:
        return "Idea: not measured yet"
    if step is Step.TESTED_ONCE and evidence.tests == 1:
        return "Tested once: a first look, to be repeated elsewhere"
    if step is Step.TESTED_ONCE:
        return f"Tested {evidence.tests} times, not yet replicated: {effect_words(evidence)}"
    return f"{step.capitalize()}: {effect_words(evidence)}"


def _conditions(evidence: PracticeEvidence, thresholds: Thresholds) -> list[Condition]:
    """Everything the steps ask for, in order."""
    replicated, confirmed, adopted = thresholds.replicated, thresholds.confirmed, thresholds.adopted

    def enough(step: Step, count: int, least: int, one: str, many: str) -> Condition:
        return Condition(step, f"{count} of {least} {one if least == 1 else many}", count >= least)

    return [
        enough(Step.TESTED_ONCE, evidence.tests, 1, "test with a comparison", "tests with a comparison"),
        enough(Step.REPLICATED, evidence.tests, replicated.tests, "test", "tests"),
        enough(
            Step.REPLICATED, evidence.practice_sections, replicated.practice_sections,
            "class that tried it", "classes that tried it",
        ),
        enough(
            Step.REPLICATED, evidence.teachers, replicated.teachers,
            "teacher who tried it", "teachers who tried it",
        ),
        enough(
            Step.CONFIRMED, evidence.teams, confirmed.teams,
            "test by different teachers", "tests by different teachers",
        ),
        enough(
            Step.CONFIRMED, evidence.practice_sections, confirmed.practice_sections,
            "class that tried it", "classes that tried it",
        ),
        enough(Step.CONFIRMED, evidence.schools, confirmed.schools, "school", "schools"),
        _interval_condition(evidence, thresholds),
        _harm_condition(evidence, thresholds),
        enough(
            Step.ADOPTED, evidence.teams_adopting, adopted.teams,
            "team that decided to adopt it", "teams that decided to adopt it",
        ),
    ]  # fmt: skip


def _interval_condition(evidence: PracticeEvidence, thresholds: Thresholds) -> Condition:
    above, level = thresholds.confirmed.effect_above, f"{100 * thresholds.pool.level:g} %"
    low = evidence.robust_lower
    words = f"the tests' own {level} range lies above {above:g} SD"
    if low is None:
        return Condition(Step.CONFIRMED, f"{words} (it needs three tests by different teachers)", False)
    return Condition(Step.CONFIRMED, f"{words} (it begins at {low:+.2f})", low > above)


def _harm_condition(evidence: PracticeEvidence, thresholds: Thresholds) -> Condition:
    most = thresholds.confirmed.tests_with_harm
    looked = evidence.tests_checked_for_harm
    if not looked:
        return Condition(Step.CONFIRMED, "no test warned of harm elsewhere (none has looked yet)", True)
    allowed = "no test" if not most else f"at most {most} tests"
    words = f"{allowed} warned of harm elsewhere ({evidence.tests_with_harm} of {looked} that looked did)"
    return Condition(Step.CONFIRMED, words, evidence.tests_with_harm <= most)


def _retired(evidence: PracticeEvidence, thresholds: Thresholds) -> list[Condition]:
    """Reasons to retire a practice that hold; none as a rule."""
    rules = thresholds.retired
    hopeless = (
        evidence.meaningful is not None
        and evidence.teams >= rules.teams_tested
        and evidence.meaningful <= rules.probability_meaningful
    )
    given_up = evidence.teams_deciding >= rules.teams_abandoned
    given_up = given_up and evidence.teams_abandoning == evidence.teams_deciding
    chance = f"{100 * (evidence.meaningful or 0.0):.0f} %"
    reasons = [
        Condition(Step.RETIRED, "its owner took the card back", evidence.withdrawn),
        Condition(
            Step.RETIRED,
            f"{evidence.tests} tests leave {with_article(chance)} chance that it adds 0.05 SD or more",
            hopeless,
        ),
        Condition(
            Step.RETIRED, f"each of the {evidence.teams_deciding} teams that decided set it aside", given_up
        ),
    ]
    return [reason for reason in reasons if reason.met]


def _words(conditions: list[Condition]) -> tuple[str, ...]:
    return tuple(condition.words for condition in conditions)
