"""The ladder: each step at its threshold, down again when evidence turns, and the words a reader sees."""

from dataclasses import replace

import pytest

from plc.practices.status import NO_CLEAR_EFFECT, PracticeEvidence, Step, practice_status
from plc.practices.thresholds import thresholds

RULES = thresholds()
CONFIRMED = PracticeEvidence(
    tests=3, teams=3, practice_sections=6, teachers=6, schools=2, lower=0.03, upper=0.25, robust_lower=0.01,
    meaningful=0.85,
)  # fmt: skip


def step(evidence: PracticeEvidence) -> Step:
    return practice_status(evidence, RULES).step


def test_a_practice_nobody_measured_is_an_idea_and_says_what_it_needs() -> None:
    status = practice_status(PracticeEvidence(), RULES)
    assert (status.step, status.next_step) == (Step.IDEA, Step.TESTED_ONCE)
    assert status.missing == ("0 of 1 test with a comparison",)


def test_one_test_is_tested_once_however_large_its_effect() -> None:
    lucky = PracticeEvidence(
        tests=1, teams=1, practice_sections=8, teachers=8, schools=4, lower=0.3, upper=0.5, meaningful=1.0
    )
    status = practice_status(lucky, RULES)
    assert status.step is Step.TESTED_ONCE
    assert status.words == "Tested once: a first look, to be repeated elsewhere"


@pytest.mark.parametrize(
    "short", [{"tests": 1, "teams": 1}, {"practice_sections": 2}, {"teachers": 1}], ids=str
)
def test_replicated_needs_two_tests_three_classes_and_two_teachers(short: dict[str, int]) -> None:
    enough = PracticeEvidence(
        tests=2, teams=2, practice_sections=3, teachers=2, schools=1, lower=-0.1, upper=0.2, meaningful=0.5
    )
    assert step(enough) is Step.REPLICATED
    assert step(replace(enough, **short)) is Step.TESTED_ONCE


@pytest.mark.parametrize(
    "short",
    [
        {"teams": 2}, {"practice_sections": 5}, {"schools": 1}, {"robust_lower": -0.001},
        {"robust_lower": 0.0}, {"robust_lower": None}, {"tests_with_harm": 1, "tests_checked_for_harm": 3},
    ],
    ids=str,
)  # fmt: skip
def test_confirmed_here_needs_every_one_of_its_conditions(short: dict[str, int]) -> None:
    assert step(CONFIRMED) is Step.CONFIRMED
    status = practice_status(replace(CONFIRMED, **short), RULES)
    assert status.step is Step.REPLICATED
    assert len(status.missing) == 1


def test_adopted_is_a_confirmed_practice_that_two_teams_adopted() -> None:
    assert step(replace(CONFIRMED, teams_adopting=2, teams_deciding=2)) is Step.ADOPTED
    assert step(replace(CONFIRMED, teams_adopting=1, teams_deciding=2)) is Step.CONFIRMED
    unconfirmed = replace(CONFIRMED, robust_lower=-0.01, teams_adopting=5, teams_deciding=5)
    assert step(unconfirmed) is Step.REPLICATED


def test_a_status_goes_down_when_a_replication_finds_nothing() -> None:
    adopted = replace(CONFIRMED, teams_adopting=2, teams_deciding=2)
    after = replace(adopted, tests=4, teams=4, robust_lower=-0.05, lower=-0.02)
    assert (step(adopted), step(after)) == (Step.ADOPTED, Step.REPLICATED)
    assert NO_CLEAR_EFFECT in practice_status(after, RULES).words


def test_several_tests_whose_interval_straddles_nothing_have_no_clear_effect_so_far() -> None:
    status = practice_status(
        PracticeEvidence(
            tests=5, teams=5, practice_sections=10, teachers=10, schools=4, lower=-0.06, upper=0.10,
            robust_lower=-0.10, meaningful=0.35,
        ),
        RULES,
    )  # fmt: skip
    assert (status.step, status.words) == (Step.REPLICATED, f"Replicated: {NO_CLEAR_EFFECT}")


def test_a_practice_with_which_students_gained_less_says_so() -> None:
    status = practice_status(
        replace(CONFIRMED, robust_lower=-0.4, lower=-0.3, upper=-0.05, meaningful=0.2), RULES
    )
    assert status.words == "Replicated: students gained less with it, on average over its tests"


def test_one_teacher_who_tests_twice_has_not_replicated() -> None:
    twice = PracticeEvidence(
        tests=2, teams=1, practice_sections=4, teachers=1, schools=1, lower=-0.1, upper=0.2, meaningful=0.5
    )
    status = practice_status(twice, RULES)
    assert status.step is Step.TESTED_ONCE
    assert status.words == f"Tested 2 times, not yet replicated: {NO_CLEAR_EFFECT}"


def test_tests_that_leave_little_hope_retire_a_practice_and_better_ones_bring_it_back() -> None:
    hopeless = replace(
        CONFIRMED, tests=4, teams=4, lower=-0.1, upper=0.04, robust_lower=-0.1, meaningful=0.04
    )
    status = practice_status(hopeless, RULES)
    assert status.step is Step.RETIRED
    assert status.words == (
        "No clear effect so far; retired, because 4 tests leave a 4 % chance that it adds 0.05 SD or more"
    )
    assert step(replace(hopeless, tests=3, teams=3)) is Step.REPLICATED
    assert step(replace(hopeless, tests=6, teams=6, meaningful=0.4)) is Step.REPLICATED


def test_a_practice_is_retired_when_every_team_abandoned_it_and_not_by_one_team() -> None:
    assert step(replace(CONFIRMED, teams_abandoning=2, teams_deciding=2)) is Step.RETIRED
    assert step(replace(CONFIRMED, teams_abandoning=1, teams_deciding=1)) is Step.CONFIRMED
    assert step(replace(CONFIRMED, teams_abandoning=2, teams_deciding=3)) is Step.CONFIRMED


def test_a_withdrawn_card_is_retired_and_says_why() -> None:
    assert practice_status(PracticeEvidence(withdrawn=True), RULES).words == (
        "Retired: its owner took the card back"
    )
    status = practice_status(replace(CONFIRMED, withdrawn=True), RULES)
    assert status.met == ("its owner took the card back",)
    assert status.next_step is None


def test_words_about_harm_say_how_many_tests_looked() -> None:
    unseen = practice_status(CONFIRMED, RULES)
    assert "no test warned of harm elsewhere (none has looked yet)" in unseen.met
    seen = practice_status(replace(CONFIRMED, tests_with_harm=1, tests_checked_for_harm=2), RULES)
    assert seen.missing == ("no test warned of harm elsewhere (1 of 2 that looked did)",)


@pytest.mark.parametrize("tests", range(6))
def test_no_status_ever_says_that_a_practice_works(tests: int) -> None:
    for low in (-0.2, 0.05):
        evidence = PracticeEvidence(
            tests=tests, teams=tests, practice_sections=2 * tests, teachers=tests, schools=tests,
            lower=low if tests else None, upper=0.3 if tests else None,
            robust_lower=low if tests > 2 else None, meaningful=0.5 if tests else None,
        )  # fmt: skip
        status = practice_status(evidence, RULES)
        said = " ".join((status.words, *status.met, *status.missing)).lower()
        assert not any(word in said for word in ("works", "proved", "proof", "best", "worst"))
