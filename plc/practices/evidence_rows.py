"""What evidence is computed from: a practice's tests with their effects, their classes, their decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.effect_record import MEASURED
from plc.practices.brought_classes import keep_brought_classes
from plc.practices.thresholds import Thresholds
from plc.statistics.records import BoolArray

# Where a measured test stands: in the pool, or beside it and why.
POOLED: Final = "pooled"
NO_COMPARISON: Final = "no comparison"
TOO_DIFFERENT: Final = "too different at the start"
WHERE_FOUND: Final = "where it was found"
RUNNING: Final = "still running"
HELD_BACK: Final = "counts once others stand beside it"
NOT_MEASURED: Final = ""

_NUMBERS: Final = (
    "effect", "standard_error", "degrees_of_freedom", "low_starters_effect", "low_starters_error",
    "low_starters_freedom", "starting_level",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PracticeTests:
    """One practice: its tests in order of their end, and the classes of those tests."""

    practice_id: str
    withdrawn: bool
    tests: pd.DataFrame
    classes: pd.DataFrame


def practices_with_tests(cursor: Cursor, practice_ids: Sequence[str] | None) -> list[PracticeTests]:
    """Every practice asked for, also those nobody tested; None is all of them."""
    asked = {"everything": practice_ids is None, "practice_ids": list(practice_ids or ())}
    practices = cursor.execute(load_sql("practices", "evidence_practice"), asked).fetchall()
    tests = cursor.execute(load_sql("practices", "evidence_test"), asked).df()
    keep_brought_classes(cursor)
    classes = cursor.execute(load_sql("practices", "evidence_class"), asked).df()
    tests = tests.astype(dict.fromkeys(_NUMBERS, "float64"))
    classes = classes.merge(tests[["test_id", "practice_id"]], on="test_id")
    of_practice, of_class = (frame.groupby("practice_id").indices for frame in (tests, classes))
    nothing = np.zeros(0, dtype=np.int64)
    return [
        PracticeTests(
            practice_id,
            bool(withdrawn),
            tests.iloc[of_practice.get(practice_id, nothing)].reset_index(drop=True),
            classes.iloc[of_class.get(practice_id, nothing)].reset_index(drop=True),
        )
        for practice_id, withdrawn in practices
    ]


def places(
    tests: pd.DataFrame, thresholds: Thresholds, *, today: date
) -> np.ndarray[Any, np.dtype[np.object_]]:
    """Where each test stands, (k,); '' where it has no effect that could stand anywhere.

    Every test waits for its planned end, so that neither a lucky middle is pooled nor a team that stops at a
    lucky moment.
    """
    ends_on = pd.to_datetime(tests["ends_on"])
    has_effect = _usable(tests, "effect", "standard_error")
    compared = tests["design"].isin(thresholds.pool.designs).to_numpy()
    measured = (tests["verdict"] == MEASURED).to_numpy()
    return np.select(
        [
            ~has_effect & (tests["verdict"].isna() | compared).to_numpy(),
            ~compared | ~has_effect,
            ~measured,
            tests["found_here"].to_numpy(dtype=bool),
            (ends_on > pd.Timestamp(today)).to_numpy(),
        ],
        [NOT_MEASURED, NO_COMPARISON, TOO_DIFFERENT, WHERE_FOUND, RUNNING],
        default=POOLED,
    ).astype(object)


def with_low_starters(tests: pd.DataFrame) -> BoolArray:
    """Tests whose effect on the students who started lowest is known, (k,)."""
    return _usable(tests, "low_starters_effect", "low_starters_error")


def _usable(tests: pd.DataFrame, effect: str, error: str) -> BoolArray:
    usable = np.isfinite(tests[effect]) & np.isfinite(tests[error]) & (tests[error] > 0)
    return np.asarray(usable, dtype=np.bool_)
