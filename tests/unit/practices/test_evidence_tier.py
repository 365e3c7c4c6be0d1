"""Which ESSA tier the tests are built to, at each criterion, and never more than a signal from one test."""

from dataclasses import replace

import pytest

from plc.practices.evidence_tier import TierEvidence, evidence_tier
from plc.practices.thresholds import thresholds

RULES = thresholds()
STRONG = TierEvidence(
    planned=0, teams=3, compared_teams=3, designs=frozenset({"randomised"}), students=350, sites=2,
    robust_lower=0.02, baseline_met=True, attrition_low=True, helped=0.98,
)  # fmt: skip


def tier(**changed: object) -> int | None:
    return evidence_tier(replace(STRONG, **changed), RULES).number  # type: ignore[arg-type]


def test_random_assignment_many_students_two_districts_and_few_lost_is_tier_one() -> None:
    found = evidence_tier(STRONG, RULES)
    assert (found.number, found.missing) == (1, ())
    assert found.words == "Built to the Tier 1 standard; not reviewed by WWC"
    assert "350 of 350 students" in found.reason


@pytest.mark.parametrize(
    "short", [{"designs": frozenset({"randomised", "matched"})}, {"attrition_low": False}]
)
def test_tests_that_are_not_all_experiments_with_few_lost_are_tier_two(short: dict[str, object]) -> None:
    assert tier(**short) == 2


@pytest.mark.parametrize("short", [{"students": 349}, {"sites": 1}, {"baseline_met": False}])
def test_one_district_or_few_students_or_unlike_classes_are_tier_three(short: dict[str, object]) -> None:
    found = evidence_tier(replace(STRONG, **short), RULES)  # type: ignore[arg-type]
    assert found.words == "Built to the Tier 3 standard; not reviewed by WWC"
    assert len(found.missing) == 1


@pytest.mark.parametrize(
    "short", [{"compared_teams": 2}, {"robust_lower": 0.0}, {"robust_lower": None}, {"harmful_tests": 1}]
)
def test_below_tier_three_tests_are_a_local_signal(short: dict[str, object]) -> None:
    found = evidence_tier(replace(STRONG, **short), RULES)  # type: ignore[arg-type]
    assert (found.number, found.words) == (4, "Tier 4 + local signal; not reviewed by WWC")
    assert found.missing


def test_a_single_test_never_goes_beyond_a_local_signal() -> None:
    single = replace(STRONG, teams=1, compared_teams=1, robust_lower=None, students=5000, helped=0.999)
    assert evidence_tier(single, RULES).words == "Tier 4 + local signal; not reviewed by WWC"
    assert evidence_tier(replace(single, helped=0.5), RULES).words == "Tier 4; not reviewed by WWC"


def test_an_idea_has_tier_four_once_a_test_is_planned() -> None:
    assert evidence_tier(TierEvidence(), RULES).number is None
    assert evidence_tier(TierEvidence(planned=1), RULES).number == 4
