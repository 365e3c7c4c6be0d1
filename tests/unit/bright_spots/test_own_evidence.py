"""What a figure is made of adds up; peers are three groups; the past is held against the latest year."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from plc.bright_spots import ScanOptions, funnel_bands, own_evidence, own_results, predictions, scan_and_store
from plc.bright_spots.contrasts import DISTRICT, PEERS, SCHOOL, SIMILAR, disagreement_words
from plc.bright_spots.funnel_grid import GRID_STUDENTS
from plc.bright_spots.own_evidence import OwnEvidence
from plc.bright_spots.prediction import Prediction, prediction_words, start_words, warning_words
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from tests.unit.bright_spots.districts import simulated_results, write_district

SCHOOLS = 8
STRONG = Viewer(Role.TEACHER, teacher_id="T0")


def evidence(**changed: object) -> OwnEvidence:
    empty = dict.fromkeys(
        (
            "mean_result", "mean_expected", "context", "peer_mean", "own_effect", "own_error", "mean_start",
            "disagreement_probability", "robust",
        )
    )  # fmt: skip
    counts = {"subject": "maths", "own_sections": 0, "sections_above": 0, "contrasts": {}, "variants": {}}
    return OwnEvidence(**(empty | counts | changed))  # type: ignore[arg-type]


def off_slope(slope: float, error: float) -> Prediction:
    return Prediction(
        "maths", slope=slope, lower=slope - 1.645 * error, upper=slope + 1.645 * error, sections=80
    )


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """40 teachers in 8 schools over three years; T0 far above."""
    rng = np.random.default_rng(12)
    effects = {"T0": 0.7} | {f"T{i}": float(0.2 * rng.standard_normal()) for i in range(1, 40)}
    rows = simulated_results(effects, years=(2024, 2025, 2026), students=20, schools=SCHOOLS, seed=3)
    database = Database(tmp_path_factory.mktemp("evidence") / "plc.duckdb")
    write_district(database, rows)
    scan_and_store(database, LOCAL_STEWARD, ScanOptions(standards=False))
    return database


def test_a_figure_is_the_sum_of_its_ingredients(stored: Database) -> None:
    mine = own_evidence(stored, STRONG)["mathematics"]
    parts = (mine.mean_result, mine.mean_expected, mine.context, mine.peer_mean)
    assert None not in parts
    result, expected, context, peers = (float(part) for part in parts if part is not None)
    assert mine.own_effect == pytest.approx(result - expected - context - peers, abs=1e-9)
    assert mine.own_effect == pytest.approx(own_results(stored, STRONG)[0].own_effect, abs=1e-12)
    assert mine.own_error is not None
    assert 0.02 < mine.own_error < 0.2


def test_ingredients_show_how_many_classes_are_above(stored: Database) -> None:
    mine = own_evidence(stored, STRONG)["mathematics"]
    assert mine.own_sections == 6
    assert mine.agreement.startswith("Above peers' expectation in 6 of 6 classes.")


def test_classes_that_differ_are_said_to() -> None:
    told = {"own_sections": 4, "sections_above": 2}
    assert "more than chance" in evidence(**told, disagreement_probability=0.01).agreement
    assert "no more than chance" in evidence(**told, disagreement_probability=0.5).agreement
    assert evidence(own_sections=1, sections_above=1, disagreement_probability=1.0).agreement == (
        "Above peers' expectation in 1 of 1 class."
    )


def test_three_groups_of_peers_are_kept_for_each_teacher(stored: Database) -> None:
    contrasts = own_evidence(stored, STRONG)["mathematics"].contrasts
    assert tuple(contrasts) == PEERS
    for contrast in contrasts.values():
        assert contrast.lower < contrast.effect < contrast.upper
        assert contrast.effect > 0.2
    assert contrasts[SCHOOL].peers_in_school == 4
    district = own_results(stored, STRONG)[0]
    assert contrasts[DISTRICT].effect == pytest.approx(district.effect, abs=1e-12)


def test_a_school_of_three_and_a_district_of_three_schools_have_fewer_groups(tmp_path: Path) -> None:
    effects = {f"T{i}": 0.0 for i in range(9)}
    with Database(tmp_path / "plc.duckdb") as database:
        write_district(database, simulated_results(effects, schools=3))
        scan_and_store(database, LOCAL_STEWARD, ScanOptions(standards=False, opportunity=False))
        assert tuple(own_evidence(database, STRONG)["mathematics"].contrasts) == (DISTRICT,)


def test_schools_that_start_alike_are_the_standard_of_similar_schools(tmp_path: Path) -> None:
    """Where results rise with a school's level, a strong starter's school is expected to do more."""
    effects, means = {}, {}
    for number in range(48):
        level = (number % SCHOOLS) / SCHOOLS - 0.45
        effects[f"T{number}"], means[f"T{number}"] = 0.6 * level, 1.5 * level
    with Database(tmp_path / "plc.duckdb") as database:
        write_district(database, simulated_results(effects, means=means, schools=SCHOOLS, students=20))
        scan_and_store(database, LOCAL_STEWARD, ScanOptions(standards=False, opportunity=False))
        top = Viewer(Role.TEACHER, teacher_id=f"T{SCHOOLS - 1}")
        contrasts = own_evidence(database, top)["mathematics"].contrasts
    assert contrasts[SIMILAR].effect < contrasts[DISTRICT].effect - 0.1


def test_groups_of_peers_that_point_apart_are_said_to() -> None:
    words = disagreement_words({DISTRICT: 0.1, SCHOOL: -0.1, SIMILAR: 0.05})
    assert words.startswith("Above what is expected beside the district and schools like this one, below")
    assert disagreement_words({DISTRICT: 0.1, SCHOOL: 0.1}) == ""
    assert disagreement_words({DISTRICT: -0.1}) == ""


def test_the_past_is_held_against_the_latest_year(stored: Database) -> None:
    (check,) = predictions(stored, LOCAL_STEWARD)
    assert check.slope is not None
    assert check.lower is not None
    assert check.upper is not None
    assert check.lower < 1.0 < check.upper
    assert check.sections == 80
    assert prediction_words(check).startswith("On your data, held-out classes moved")
    assert warning_words(check) == ""
    assert check.start_teachers == 40
    assert check.start_correlation is not None
    assert "correlation" in start_words(check)


def test_one_year_cannot_be_predicted_and_says_so(tmp_path: Path) -> None:
    with Database(tmp_path / "plc.duckdb") as database:
        write_district(database, simulated_results({f"T{i}": 0.0 for i in range(12)}, years=(2026,)))
        scan_and_store(database, LOCAL_STEWARD, ScanOptions(standards=False, opportunity=False))
        (check,) = predictions(database, LOCAL_STEWARD)
    assert check.slope is None
    assert "second school year" in prediction_words(check)
    assert warning_words(check) == ""


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (off_slope(0.7, 0.05), "larger than they should be"),
        (off_slope(1.4, 0.05), "smaller than they should be"),
    ],
)
def test_a_slope_that_is_off_beyond_its_error_is_warned_of(check: Prediction, words: str) -> None:
    assert check.out_of_bounds
    assert words in warning_words(check)


@pytest.mark.parametrize("check", [off_slope(0.7, 0.2), off_slope(0.95, 0.01), Prediction("maths")])
def test_a_slope_within_its_error_is_not_warned_of(check: Prediction) -> None:
    assert not check.out_of_bounds
    assert warning_words(check) == ""


def test_few_teachers_have_no_correlation_with_starting_points(tmp_path: Path) -> None:
    with Database(tmp_path / "plc.duckdb") as database:
        write_district(database, simulated_results({f"T{i}": 0.0 for i in range(6)}))
        scan_and_store(database, LOCAL_STEWARD, ScanOptions(standards=False, opportunity=False))
        (check,) = predictions(database, LOCAL_STEWARD)
    assert check.start_correlation is None
    assert start_words(check) == ""


def test_bands_of_the_funnel_narrow_and_hold_each_other(stored: Database) -> None:
    bands = funnel_bands(stored, LOCAL_STEWARD)["mathematics"]
    assert tuple(bands["students"]) == GRID_STUDENTS
    assert (np.diff(bands["chance_upper"]) < 0).all()
    assert (bands["all_upper"] > bands["chance_upper"]).all()
    assert (bands["all_upper"] > bands["middle_upper"]).all()
    np.testing.assert_allclose(bands["all_lower"], -bands["all_upper"])


def test_the_band_of_chance_is_about_right_for_a_teachers_own_error(stored: Database) -> None:
    mine = own_evidence(stored, STRONG)["mathematics"]
    students = own_results(stored, STRONG)[0].students
    bands = funnel_bands(stored, LOCAL_STEWARD)["mathematics"]
    reach = np.interp(float(students or 0), bands["students"], bands["chance_upper"])
    assert mine.own_error == pytest.approx(reach / 1.645, rel=0.25)


def test_bands_do_not_follow_one_teachers_figure(tmp_path: Path) -> None:
    """Two districts alike but for who is who: the bands come from variances, not from points."""
    effects = {f"T{i}": 0.1 * (i % 5 - 2) for i in range(20)}
    grids: list[pd.DataFrame] = []
    for number, order in enumerate((list(effects), list(reversed(effects)))):
        with Database(tmp_path / f"{number}.duckdb") as database:
            rows = simulated_results(effects)
            renamed = dict(zip(effects, order, strict=True))
            rows["teacher"] = rows["teacher"].map(renamed)
            write_district(database, rows)
            scan_and_store(database, LOCAL_STEWARD, ScanOptions(standards=False, opportunity=False))
            grids.append(funnel_bands(database, LOCAL_STEWARD)["mathematics"])
    pd.testing.assert_frame_equal(*grids, atol=1e-6)
