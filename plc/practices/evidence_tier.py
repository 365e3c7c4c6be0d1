"""The research tier that a practice's tests are built to (ESEA section 8101(21)(A), 34 CFR 77.1).

Tiers 1 to 4 as the designs, counts and pooled interval support them; nobody outside has reviewed them, and
the words say so. A single test never goes beyond "Tier 4 + local signal".
"""

from __future__ import annotations

from dataclasses import dataclass

from plc.core.articles import with_article
from plc.practices.thresholds import Thresholds

NOT_REVIEWED = "not reviewed by WWC"


@dataclass(frozen=True, slots=True)
class TierEvidence:
    """What a tier is computed from, over the tests that were pooled.

    planned            tests planned or under way, of any design
    teams              tests by different teachers; compared_teams: those of a design fit for tier 3
    designs            of the pooled tests
    students, sites    students in those tests, districts they were in
    robust_lower       lower end of the pooled 95 % interval, SD; None below three teams
    harmful_tests      tests whose own 95 % interval lies wholly below 0
    baseline_met, attrition_low  whether every pooled test met WWC's baseline rule, lost few students
    helped             P(mean effect > 0); None without a test
    """

    planned: int = 0
    teams: int = 0
    compared_teams: int = 0
    designs: frozenset[str] = frozenset()
    students: int = 0
    sites: int = 0
    robust_lower: float | None = None
    harmful_tests: int = 0
    baseline_met: bool = False
    attrition_low: bool = False
    helped: float | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """`number` 1 to 4 or None; the badge; why it is that; what the next tier lacks."""

    number: int | None
    words: str
    reason: str
    missing: tuple[str, ...]


def evidence_tier(evidence: TierEvidence, thresholds: Thresholds) -> Tier:
    """The highest tier whose every criterion, and those of the tiers below it, the tests meet."""
    reached = 4
    met: list[str] = []
    missing: tuple[str, ...] = ()
    for number, criteria in _criteria(evidence, thresholds):
        missing = tuple(words for words, holds in criteria if not holds)
        if missing:
            break
        reached, met = number, met + [words for words, _ in criteria]
    if reached < 4:
        badge = f"Built to the Tier {reached} standard; {NOT_REVIEWED}"
        return Tier(reached, badge, "; ".join(met), missing)
    return _rationale(evidence, thresholds, missing)


def _criteria(evidence: TierEvidence, thresholds: Thresholds) -> list[tuple[int, list[tuple[str, bool]]]]:
    """Per tier from 3 up: each criterion in words and whether it holds."""
    rules = thresholds.tiers
    interval = evidence.robust_lower is not None and evidence.robust_lower > 0
    level = f"{100 * thresholds.pool.level:g} %"
    promising = [
        (f"{evidence.compared_teams} of {rules.teams} tests by different teachers with comparison classes",
         evidence.compared_teams >= rules.teams),
        (f"pooled {level} interval above 0", interval),
        ("no test that clearly found harm", evidence.harmful_tests == 0),
    ]  # fmt: skip
    moderate = [
        ("every test by comparison", bool(evidence.designs) and evidence.designs <= set(rules.comparison)),
        (f"{evidence.students} of {rules.students} students", evidence.students >= rules.students),
        (f"{evidence.sites} of {rules.sites} districts", evidence.sites >= rules.sites),
        ("classes alike at the start, or adjusted, in every test", evidence.baseline_met),
    ]
    strong = [
        ("classes assigned at random in every test", evidence.designs == {rules.experiment}),
        ("few students lost in every test", evidence.attrition_low),
    ]
    return [(3, promising), (2, moderate), (1, strong)]


def _rationale(evidence: TierEvidence, thresholds: Thresholds, missing: tuple[str, ...]) -> Tier:
    if not evidence.planned and not evidence.teams:
        return Tier(None, "No tier yet", "Tier 4 asks for a test that is planned or under way.", ())
    helped = evidence.helped
    if helped is not None and helped >= thresholds.tiers.local_signal:
        chance = with_article(f"{100 * helped:.0f} %")
        reason = f"a written practice, and tests here that give it {chance} chance of helping"
        return Tier(4, f"Tier 4 + local signal; {NOT_REVIEWED}", reason, missing)
    measured = "tests here give no signal yet" if evidence.teams else "a test is planned or under way"
    return Tier(4, f"Tier 4; {NOT_REVIEWED}", f"a written practice with a rationale; {measured}", missing)
