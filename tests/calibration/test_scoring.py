"""The yardstick itself: scores of outcomes whose answer is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from tests.calibration.district import Truth
from tests.calibration.gates import check
from tests.calibration.report import HEADER, write
from tests.calibration.scoring import Outcome, area_under_curve, score, standard_outcome, teacher_outcome


def honest_outcome(teachers: int, seed: int) -> Outcome:
    """A posterior that is exactly right: truth drawn from it."""
    rng = np.random.default_rng(seed)
    estimate, sd = rng.normal(0, 0.11, teachers), 0.06
    truth = estimate + rng.normal(0, sd, teachers)
    probability = norm.sf((0.10 - estimate) / sd)
    local = np.sort(1 - probability)
    size = int((np.cumsum(local) / np.arange(1, teachers + 1) <= 0.10).sum())
    flagged = probability >= np.sort(probability)[::-1][size - 1]
    reach = 1.645 * sd
    return Outcome(truth, estimate, estimate - reach, estimate + reach, probability, flagged, untold=0)


def test_an_honest_posterior_passes_every_gate() -> None:
    scores = score([honest_outcome(2_000, seed) for seed in range(5)], [0.10] * 5)
    assert all(gate.passed for gate in check("base", scores))
    assert scores.coverage.mean == pytest.approx(0.90, abs=0.02)
    assert scores.false_discovery_rate.mean == pytest.approx(0.10, abs=0.03)


def test_an_overconfident_posterior_misses_coverage_calibration_and_slope() -> None:
    honest = honest_outcome(2_000, 1)
    boasting = Outcome(
        truth=honest.truth * 0.7,
        estimate=honest.estimate,
        lower=honest.estimate - 0.05,
        upper=honest.estimate + 0.05,
        probability=honest.probability,
        flagged=honest.flagged,
        untold=0,
    )
    missed = [gate.words for gate in check("base", score([boasting], [0.10])) if not gate.passed]
    assert [words.split()[0] for words in missed] == ["FDR", "0.87", "|slope", "calibration"]


def test_a_run_without_flags_has_no_false_ones_and_lowers_recall() -> None:
    silent = Outcome(
        truth=np.array([0.2, 0.0]),
        estimate=np.zeros(2),
        lower=np.full(2, -1.0),
        upper=np.ones(2),
        probability=np.array([0.6, 0.1]),
        flagged=np.zeros(2, dtype=bool),
        untold=1,
    )
    scores = score([silent], [float("nan")])
    assert scores.false_discovery_rate.mean == 0.0
    assert scores.recall.mean == 0.0
    assert np.isnan(scores.expected_false_discovery_rate.mean)


def test_the_area_under_the_curve_is_the_share_of_pairs_in_order() -> None:
    probability = np.array([0.9, 0.8, 0.8, 0.1])
    above = np.array([True, False, True, False])
    # Of four pairs three are in order and one is tied: (3 + 1/2) / 4.
    assert area_under_curve(probability, above) == pytest.approx(0.875)


def test_teachers_a_scan_says_nothing_of_count_against_recall() -> None:
    truth = Truth(
        teacher_id=np.array(["a", "b"]),
        subject=np.array(["reading", "reading"]),
        stratum=np.array([1, 1]),
        school=np.array([0, 0]),
        sections=np.array([2, 1]),
        total=np.array([0.2, 0.3]),
        relative=np.array([0.2, 0.3]),
        current=np.array([0.2, 0.3]),
        deviation=np.array([[0.05, -0.05], [0.0, 0.0]]),
        standard_id=np.array([["x", "y"], ["x", "y"]]),
    )
    row = {"subject": "reading", "effect": 0.2, "lower": 0.1, "upper": 0.3, "probability": 0.9}
    found = pd.DataFrame([{"teacher_id": "a", "bright_spot": True} | row])
    assert score([teacher_outcome(found, truth, "relative")], [0.1]).recall.mean == 0.5
    by_standard = pd.DataFrame([{"teacher_id": "a", "standard": "y", "bright_spot": False} | row])
    outcome = standard_outcome(by_standard, truth, "relative")
    assert outcome.truth == pytest.approx([0.15])
    assert outcome.untold == 3


def test_the_document_keeps_one_section_when_the_other_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "docs" / "calibration.md"
    write(path, "first development table\n", fresh=False)
    write(path, "reported table\n", fresh=True)
    write(path, "second development table\n", fresh=False)
    text = path.read_text()
    assert text.startswith(HEADER)
    assert "first development table" not in text
    assert text.index("reported table") < text.index("second development table")
