"""Students who stay: each year's true standing is where the next year starts.

A student's starting point is then last year's last result. It measures her standing with the noise of one
assessment and carries what last year's school, teacher and class added; schools sort students into classes
by a rough idea of their standing. Students leave where classes are full and arrive where they are not;
arrivals, the lowest grade and the first year sit a baseline instead.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tests.calibration.district import STRATA, SUBJECTS, District, FloatArray, IntArray
from tests.calibration.scenarios import Scenario
from tests.calibration.simulator import Piece, Roster, Scales, draw_results

# Noise in the standing that schools sort by, in SD of the standing: makes classes differ as in `base`.
SORTING_NOISE = 2.0


def draw_cohorts(
    scenario: Scenario, district: District, scales: Scales, rng: np.random.Generator
) -> Iterator[Piece]:
    """The district's students and results, a school year at a time."""
    school_start = _school_means(district)
    risen = _nobody()
    known = 0
    for year in range(scenario.years):
        sections = np.flatnonzero(district.year == year)
        roster = _assign(scenario, district, sections, risen, school_start, known, rng)
        known += int(roster.arriving.sum())
        piece, standing = draw_results(scenario, district, scales, roster, rng)
        yield piece
        # The residual is not part of where a student stands.
        x = standing / np.sqrt(1 - scenario.components.residual**2)
        place = sections[roster.home]
        risen = {
            "group": _group(district.school[place], district.stratum[place] + len(SUBJECTS)),
            "student": roster.student,
            "x": x,
        }


def _assign(
    scenario: Scenario,
    district: District,
    sections: IntArray,
    risen: dict[str, FloatArray | IntArray],
    school_start: FloatArray,
    known: int,
    rng: np.random.Generator,
) -> Roster:
    """Fill the year's sections, school by school and grade by grade, in order of a noisy standing."""
    group = _group(district.school[sections], district.stratum[sections])
    homes, students, starts = [], [], []
    for one in np.unique(group):
        mine = np.flatnonzero(group == one)
        slots = int(district.size[sections[mine]].sum())
        staying = rng.permutation(np.flatnonzero(risen["group"] == one))[:slots]
        school = int(district.school[sections[mine[0]]])
        fresh = school_start[school] + np.sqrt(1 - scenario.sorting.school**2) * rng.standard_normal(
            slots - len(staying)
        )
        x = np.concatenate([risen["x"][staying], fresh])
        seen = x + SORTING_NOISE * rng.standard_normal(slots)
        by_start = mine[np.argsort(district.prior_mean[sections[mine]])]
        home = np.empty(slots, dtype=np.int64)
        home[np.argsort(seen)] = np.repeat(by_start, district.size[sections[by_start]])
        homes.append(home)
        students.append(np.concatenate([risen["student"][staying], np.zeros(len(fresh), dtype=np.int64)]))
        starts.append(x)
    student = np.concatenate(students).astype(np.int64)
    arriving = student == 0
    student[arriving] = known + 1 + np.arange(int(arriving.sum()))
    return Roster(sections, np.concatenate(homes), student, arriving, np.concatenate(starts))


def _school_means(district: District) -> FloatArray:
    count = np.bincount(district.school)
    return np.asarray(np.bincount(district.school, weights=district.prior_mean) / count)


def _group(school: IntArray, stratum: IntArray) -> IntArray:
    return np.asarray(school * (STRATA + len(SUBJECTS)) + stratum)


def _nobody() -> dict[str, FloatArray | IntArray]:
    return {
        "group": np.zeros(0, dtype=np.int64),
        "student": np.zeros(0, dtype=np.int64),
        "x": np.zeros(0),
    }
