"""A teacher's sections are recomputed from what she downloads, and from nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from plc.bright_spots import ScanOptions, own_evidence, own_results, scan_and_store
from plc.bright_spots.labels import TOO_FEW_TEACHERS
from plc.bright_spots.own_download import own_download
from plc.core.errors import NotAllowed
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.ui.downloads import csv_bytes
from tests.unit.bright_spots.districts import simulated_results, write_district

# Two hundredths: a step is made of figures told to a hundredth.
TOLERANCE = 0.02
FINER = {("published", "value"), ("classes", "section_variance")}
ANNA, BEN = (Viewer(Role.TEACHER, teacher_id=teacher) for teacher in ("Anna", "Ben"))


def absent_sometimes(rows: pd.DataFrame) -> pd.DataFrame:
    """Results with gaps, so that cells of a class differ in who is in them."""
    gone = (rows["kind"] != "state") & (np.random.default_rng(5).random(len(rows)) < 0.15)
    return rows[~gone]


@pytest.fixture(scope="module")
def downloaded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Viewer], dict[str, pd.DataFrame]]:
    rng = np.random.default_rng(4)
    effects = {name: float(0.15 * rng.standard_normal()) for name in ("Anna", "Ben", *map(str, range(10)))}
    means = {name: float(0.4 * rng.standard_normal()) for name in effects}
    database = Database(tmp_path_factory.mktemp("download") / "plc.duckdb")
    write_district(database, absent_sometimes(simulated_results(effects, seed=6, means=means)))
    scan_and_store(database, LOCAL_STEWARD, ScanOptions(standards=False))

    def read(viewer: Viewer) -> dict[str, pd.DataFrame]:
        files = {name: csv_bytes(frame) for name, frame in own_download(database, viewer).items()}
        return {name: pd.read_csv(io.BytesIO(content)) for name, content in files.items()}

    return read


def recomputed(files: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The steps of docs/recompute.md; `classes` with columns r_, v_, a_ and p_ of one's own making."""
    published = files["published"].set_index(["subject", "component"])["value"]
    of_class = [
        "slope", "slope_squared", "slope_cubed", "slope_at_top", "variance_factor", "students",
    ]  # fmt: skip
    key = ["subject", "school_year", "section_id"]
    cells = files["cells"].merge(files["classes"][[*key, *of_class]], on=key, suffixes=("", "_class"))
    rows = []
    for identity, mine in cells.groupby(key):
        value = published[identity[0]]
        expected = (
            mine["slope"] * mine["mean_start"]
            + mine["slope_squared"] * mine["mean_start_squared"]
            + mine["slope_cubed"] * mine["mean_start_cubed"]
            + mine["slope_at_top"] * mine["share_at_top"]
        )
        r = mine["mean_result"] - expected
        roster = np.maximum(1 / mine["students"] - 1 / mine["students_class"], 0)
        q = mine["variance_factor"] * (value["error"] / mine["students"] + value["student"] * roster)
        w = 1 / (value["occasion"] + q)
        first = mine.iloc[0]
        variance = first["variance_factor"] * value["student"] / first["students_class"] + 1 / w.sum()
        rows.append([*identity, (w * r).sum() / w.sum(), variance, (r - mine["mean_residual"]).abs().max()])
    found = pd.DataFrame(rows, columns=[*key, "effect", "variance", "off"])
    classes = files["classes"].merge(found, on=key)
    coefficient = classes["subject"].map(lambda subject: published[subject, "contextual_coefficient"])
    return classes.assign(adjusted=classes["effect"] - coefficient * classes["class_start"])


def test_section_effects_follow_from_the_download_alone(
    downloaded: Callable[[Viewer], dict[str, pd.DataFrame]],
) -> None:
    classes = recomputed(downloaded(ANNA))
    assert len(classes) == 4
    assert (classes["off"] < TOLERANCE).all()
    np.testing.assert_allclose(classes["effect"], classes["section_effect"], atol=TOLERANCE, rtol=0)
    np.testing.assert_allclose(classes["variance"], classes["section_variance"], atol=TOLERANCE, rtol=0)
    np.testing.assert_allclose(classes["adjusted"], classes["adjusted_effect"], atol=TOLERANCE, rtol=0)


def test_cells_of_a_class_differ_in_students_so_that_weights_matter(
    downloaded: Callable[[Viewer], dict[str, pd.DataFrame]],
) -> None:
    cells = downloaded(ANNA)["cells"]
    assert cells.groupby("section_id")["students"].nunique().max() > 1
    classes = recomputed(downloaded(ANNA))
    plain = cells.groupby("section_id")["mean_residual"].mean().loc[classes["section_id"]].to_numpy()
    assert np.abs(plain - classes["section_effect"]).max() > 1e-6


def test_no_figure_has_more_digits_than_are_said_of_it(
    downloaded: Callable[[Viewer], dict[str, pd.DataFrame]],
) -> None:
    """With every digit, two downloads around a colleague's upload would give her class away."""
    for name, frame in downloaded(ANNA).items():
        for column in frame.select_dtypes("float"):
            digits = 4 if (name, column) in FINER else 3 if column.startswith("slope") else 2
            values = frame[column].dropna()
            assert (values == values.round(digits)).all(), (name, column)
    for value in downloaded(ANNA)["published"]["value"]:
        assert float(f"{value:.1e}") == value


def test_groups_of_peers_come_with_their_size_and_without_totals(
    downloaded: Callable[[Viewer], dict[str, pd.DataFrame]],
) -> None:
    files = downloaded(ANNA)
    assert not {column for column in files["strata"] if column.startswith("sum")}
    assert len(files["classes"].merge(files["strata"], on=["subject", "stratum"])) == 4
    assert files["classes"]["peer_mean"].notna().all()


def test_a_download_holds_nobody_elses_classes(
    downloaded: Callable[[Viewer], dict[str, pd.DataFrame]],
) -> None:
    hers, his = downloaded(ANNA), downloaded(BEN)
    assert set(hers["cells"]["section_id"]) == {
        f"Anna-{year}-{period}" for year in (2025, 2026) for period in (0, 1)
    }
    assert not set(hers["classes"]["section_id"]) & set(his["classes"]["section_id"])
    assert "teacher_id" not in {column for frame in hers.values() for column in frame}


def test_only_a_teacher_with_classes_of_her_own_may_download(tmp_path: Path) -> None:
    with Database(tmp_path / "plc.duckdb") as database:
        for viewer in (Viewer(Role.PRINCIPAL), LOCAL_STEWARD, Viewer(), Viewer(Role.TEACHER)):
            with pytest.raises(NotAllowed):
                own_download(database, viewer)


def test_three_teachers_of_a_subject_learn_nothing_of_each_other(tmp_path: Path) -> None:
    """Any figure of one's own stands beside the tests' takers: with two of them, it is about those two."""
    with Database(tmp_path / "plc.duckdb") as database:
        write_district(database, simulated_results({"Anna": 0.1, "Ben": 0.0, "Cem": -0.1}))
        scan_and_store(database, LOCAL_STEWARD)
        files = own_download(database, ANNA)
        (own,) = own_results(database, ANNA)
        assert own_evidence(database, ANNA) == {}
    assert own.label == TOO_FEW_TEACHERS
    assert (own.effect, own.mean_result, own.own_effect, own.balance) == (None, None, None, None)
    assert own.occasion_frame.empty
    assert own.standard_frame.empty
    assert all(files[name].empty for name in ("cells", "classes", "strata"))


def test_a_test_that_only_three_teachers_gave_tells_none_of_them(tmp_path: Path) -> None:
    """The stratum is wide enough; the one small test, centred on its takers, is not."""
    names = dict.fromkeys(("Anna", "Ben", "Cem", "Dia", "Eve", "Fay"), 0.0)
    rows = simulated_results(names)
    sixth = rows["teacher"].isin(["Anna", "Ben", "Cem"])
    rows["grade"] = np.where(sixth, 6, 7)
    with Database(tmp_path / "plc.duckdb") as database:
        write_district(database, rows)
        scan_and_store(database, LOCAL_STEWARD, ScanOptions(standards=False))
        assert {finding.label for finding in own_results(database, ANNA)} == {TOO_FEW_TEACHERS}


@pytest.mark.parametrize(("several", "told"), [(3, False), (4, True)])
def test_what_few_teachers_with_several_classes_tell_is_left_out_and_no_step_misses_it(
    tmp_path: Path, several: int, told: bool
) -> None:
    """Learnt from one colleague's own classes, it would say how she does with one beside another."""
    names = ["Anna", "Ben", *map(str, range(6))]
    rows = simulated_results(dict.fromkeys(names, 0.0), seed=3)
    one_class = rows["section"].isna() | rows["section"].str.endswith("2026-0")
    with Database(tmp_path / "plc.duckdb") as database:
        write_district(database, rows[one_class | rows["teacher"].isin(names[1 : several + 1])])
        scan_and_store(database, LOCAL_STEWARD, ScanOptions(standards=False))
        files = own_download(database, ANNA)
    published = set(files["published"]["component"])
    assert published >= {"occasion", "student", "error"}
    assert (published >= {"contextual_coefficient", "teacher", "section"}) == told
    assert "teachers_with_several_classes" not in published
    np.testing.assert_allclose(
        files["classes"]["section_effect"], files["classes"]["adjusted_effect"], atol=TOLERANCE, rtol=0
    )
