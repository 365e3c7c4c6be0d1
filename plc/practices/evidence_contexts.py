"""Where a practice was tested, and what the tests of each kind of place say together.

A kind of place is told apart only where enough tests, teachers and students stand behind it, and no hidden
one could be worked out from those shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from plc.bright_spots.wording import grade_band
from plc.core.disclosure import hidden_cells, teachers_shown
from plc.core.school_year import grade_words
from plc.practices.evidence_rows import with_low_starters
from plc.practices.pooling import TestEffects, effects_of_tests, posteriors
from plc.practices.thresholds import ContextRules
from plc.statistics.records import BoolArray

COURSE, GRADE_BAND, SCHOOL_SIZE, STARTING_LEVEL, STARTED_LOWEST = (
    "course", "grade band", "school size", "starting level", "students",
)  # fmt: skip
LOWEST_THIRD: Final = "students who started lowest"
_LEVELS: Final = (
    "classes that started low",
    "classes that started in the middle",
    "classes that started high",
)


@dataclass(frozen=True, slots=True)
class Context:
    """Tests of one kind of place: which of the tests (k,), and where to read their effects."""

    kind: str
    value: str
    chosen: BoolArray
    effects: TestEffects
    students: int
    teachers: int
    course: tuple[str, int] | None = None


def contexts_of(
    tests: pd.DataFrame, classes: pd.DataFrame, effects: TestEffects, rules: ContextRules
) -> list[dict[str, Any]]:
    """Every kind of place of the pooled tests, as JSON holds it; no figures where too few stand behind it."""
    found = [*_places(tests, classes, effects, rules), *_lowest(tests, classes)]
    shown = _shown(found, rules)
    open_places = [one for one, is_open in zip(found, shown, strict=True) if is_open]
    pools = iter(posteriors([one.effects.teams(one.chosen) for one in open_places]))
    rows = []
    for one, is_open in zip(found, shown, strict=True):
        row: dict[str, Any] = {"kind": one.kind, "value": one.value, "tests": int(one.chosen.sum())}
        if one.course is not None:
            row |= {"subject": one.course[0], "grade": one.course[1]}
        if is_open:
            pool = next(pools)
            row |= {"estimate": pool.mean, "lower": pool.lower, "upper": pool.upper, "helped": pool.positive}
        rows.append(row)
    return rows


def _places(
    tests: pd.DataFrame, classes: pd.DataFrame, effects: TestEffects, rules: ContextRules
) -> Iterator[Context]:
    tried = classes[classes["practice"]]
    teachers = tried.groupby("test_id")["teacher_id"].unique()
    courses = [
        None if pd.isna(grade) else (str(subject), int(grade))
        for subject, grade in zip(tests["subject"], tests["grade"], strict=True)
    ]
    for kind, labels in _labels(tests, tried, courses, rules).items():
        for value in sorted({label for label in labels if label is not None}):
            chosen = np.array([label == value for label in labels])
            mine = teachers.reindex(tests["test_id"][chosen]).dropna()
            yield Context(
                kind=kind,
                value=value,
                chosen=chosen,
                effects=effects,
                students=int(tests["students"][chosen].sum()),
                teachers=len(set(np.concatenate([*mine, []]))),
                course=courses[int(np.argmax(chosen))] if kind == COURSE else None,
            )


def _labels(
    tests: pd.DataFrame,
    tried: pd.DataFrame,
    courses: list[tuple[str, int] | None],
    rules: ContextRules,
) -> dict[str, list[str | None]]:
    """What each test's place is called, by kind; None where it is unknown or of several."""
    return {
        COURSE: [course and f"{grade_words(course[1])} {course[0]}" for course in courses],
        GRADE_BAND: [course and grade_band(course[1]) for course in courses],
        SCHOOL_SIZE: _size_bands(tests, tried, rules),
        STARTING_LEVEL: [
            None if np.isnan(level) else _LEVELS[int(np.searchsorted(rules.starting_levels, level, "right"))]
            for level in tests["starting_level"].to_numpy()
        ],
    }


def _size_bands(tests: pd.DataFrame, tried: pd.DataFrame, rules: ContextRules) -> list[str | None]:
    """The size of the schools that tried it, where they are of one size and it is known."""
    low, high = rules.school_sizes
    words = (
        f"schools of fewer than {low} students",
        f"schools of {low} to {high - 1} students",
        f"schools of {high} students or more",
    )
    band = np.searchsorted(rules.school_sizes, tried["school_students"].to_numpy(), "right")
    known = tried.assign(band=band)[tried["school_students"].to_numpy() > 0]
    each = known.groupby("test_id")["band"].agg(["min", "max"]).reindex(tests["test_id"])
    alike = (each["min"] == each["max"]).to_numpy()
    return [words[int(low)] if one else None for low, one in zip(each["min"], alike, strict=True)]


def _lowest(tests: pd.DataFrame, classes: pd.DataFrame) -> Iterator[Context]:
    """The pool of the effects on the third of students who started lowest."""
    known = with_low_starters(tests)
    if known.any():
        mine = tests[known].reset_index(drop=True)
        tried = classes[classes["practice"] & classes["test_id"].isin(mine["test_id"])]
        yield Context(
            STARTED_LOWEST,
            LOWEST_THIRD,
            np.ones(len(mine), dtype=np.bool_),
            effects_of_tests(mine, classes, prefix="low_starters_"),
            int(mine["low_starters_students"].sum()),
            tried["teacher_id"].nunique(),
        )


def _shown(found: list[Context], rules: ContextRules) -> list[bool]:
    """Which contexts may show their figures: enough stand behind them, and they tell no hidden one."""
    shown = [True] * len(found)
    for kind in {one.kind for one in found}:
        mine = [place for place, one in enumerate(found) if one.kind == kind]
        withheld = {
            (0, column)
            for column, place in enumerate(mine)
            if found[place].chosen.sum() < rules.tests or teachers_shown(found[place].teachers) is None
        }
        for _, column in hidden_cells([[found[place].students for place in mine]], withheld=withheld):
            shown[mine[column]] = False
    return shown
