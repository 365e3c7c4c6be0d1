"""The solver gives lme4's figures on 13,503 real results (Tennessee STAR mathematics)."""

from __future__ import annotations

import csv
import gzip
import time
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from plc.statistics.design import MixedModel, RandomTerm
from plc.statistics.reml import RemlFit, fit_reml

REFERENCE = Path(__file__).parents[2] / "fixtures" / "star_lme4"


def rows_of(name: str) -> list[dict[str, str]]:
    path = REFERENCE / name
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def star() -> tuple[MixedModel, list[str], list[str]]:
    rows = rows_of("input.csv.gz")
    schools, school = np.unique([row["school_id"] for row in rows], return_inverse=True)
    teachers, teacher = np.unique([row["teacher_id"] for row in rows], return_inverse=True)
    grade = np.array([row["grade"] for row in rows])
    z, prior = (np.array([float(row[name]) for row in rows]) for name in ("z", "z_prior"))
    ones, index = np.ones(len(rows)), np.arange(len(rows))
    model = MixedModel(
        response=z,
        noise=np.zeros(len(rows)),
        fixed=sparse.csr_array(np.column_stack([ones, grade == "2", grade == "3", prior])),
        terms=(
            RandomTerm("school", index, school, ones, schools.size, shared=True),
            RandomTerm("teacher", index, teacher, ones, teachers.size),
        ),
        site=school,
    )
    return model, list(schools), list(teachers)


@pytest.fixture(scope="module")
def fitted(star: tuple[MixedModel, list[str], list[str]]) -> RemlFit:
    return fit_reml(star[0])


@pytest.mark.parametrize(
    ("group", "term"), [("teacher_id", "teacher"), ("school_id", "school"), ("Residual", "section")]
)
def test_variance_components_agree_within_a_thousandth(fitted: RemlFit, group: str, term: str) -> None:
    reference = {row["group"]: float(row["vcov"]) for row in rows_of("varcomp.csv")}
    assert fitted.variances[term] == pytest.approx(reference[group], rel=1e-3)


@pytest.mark.parametrize("term", ["school", "teacher"])
def test_every_mode_agrees_within_a_thousandth_of_an_sd(
    star: tuple[MixedModel, list[str], list[str]], fitted: RemlFit, term: str
) -> None:
    levels = star[1] if term == "school" else star[2]
    reference = {row["level"]: float(row["blup"]) for row in rows_of(f"blup_{term}_id.csv")}
    assert set(reference) == set(levels)
    expected = np.array([reference[level] for level in levels])
    assert np.abs(fitted.solution.modes(term) - expected).max() < 1e-3


def test_fixed_effects_agree(fitted: RemlFit) -> None:
    expected = [float(row["estimate"]) for row in rows_of("fixef.csv")]
    assert fitted.solution.fixed == pytest.approx(np.array(expected), abs=1e-3)


def test_the_fit_takes_less_than_a_second(star: tuple[MixedModel, list[str], list[str]]) -> None:
    start = time.perf_counter()
    fit_reml(star[0])
    assert time.perf_counter() - start < 1.0
