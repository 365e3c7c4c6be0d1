"""What a team may take away of a test: cells it may see, published components, and how they make the effect.

The estimate is a weighted sum of cell means, so cells with their weights recompute it. Classes whose
figures the viewer may not see, and classes of too few students for a figure, her own among them, are one
row together: their weighted sum is what the estimate leaves after the others, which she could subtract
herself, and nothing beyond it. Where they are of one or two teachers that sum would tell a colleague's class,
so neither it nor the weights are given. No more are they where the viewer reads the test in words alone, or
where results changed that she is not told of. A class of several teachers is shown once each of them opened
hers; and since results are centred on all who took an assessment, none is told
on one that fewer than three teachers unknown to her took: what is left of all would be theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from plc.bright_spots.current_look import is_of_latest_look
from plc.core.disclosure import MINIMUM_STUDENTS, MINIMUM_TEACHERS, teachers_shown
from plc.core.errors import PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.effect_record import FEW_TEACHERS, MEASURED, MeasuredEffect
from plc.inquiry.effect_steps import LEAST_BEHIND
from plc.inquiry.estimating import Estimated, estimate_cells, estimate_test
from plc.inquiry.measured_effect import prepared, stored_effect, team_test
from plc.inquiry.measuring import TestMoments, reduce_test
from plc.inquiry.tested import PlannedTest, borrowed_variance
from plc.people.visibility import keep_visible_teachers
from plc.statistics.effect_options import TYPICAL
from plc.statistics.records import FloatArray

OTHERS: Final = "other classes together"
# What is said of an effect; more of two downloads could be subtracted.
DIGITS: Final = 2
# A weight is multiplied with such a figure.
WEIGHT_DIGITS: Final = 3
RESULTS_WAIT: Final = (
    "Results of colleagues came since the look that your own figures are of. The numbers of a test can be"
    " taken away again when a look has taken them up: from two files a class or a student could be worked"
    " out."
)
_NOT_PUBLISHED: Final = frozenset({"between_error", "occasion_error", "scan_key", "student_sd"})


def test_cells_download(database: Database, viewer: Viewer, test_id: str) -> dict[str, pd.DataFrame]:
    """The tables by file name: `cells`, `published` and `effect`.

    Raises `NotAllowed`, `NotFound`, and `PlcError` while results of others wait to be taken up.

    cells      class, side, assessment, date, after, students, means of results and starting points and
               mean_residual (SD, hundredths), weight, weighted; figures empty on an assessment that fewer
               than three teachers unknown to the viewer took; the last two empty where one or two teachers
               stand behind the classes not shown, or where she reads no figures
    published  name, value: every number the standard error and the posterior are made of, without those of
               these classes' own spread where the viewer is not told it
    effect     estimate, standard_error, df in SD, and points of one SD, as the viewer is told them; empty
               where nothing was measured

    The last two are empty where the viewer reads no figures of the test, or none of its present results.
    """
    teacher_id = viewer.own_teacher_id(Permission.DATA_DOWNLOAD)
    test = team_test(database, viewer, test_id)
    with database.read() as cursor:
        if not is_of_latest_look(cursor, teacher_id=teacher_id, subject=test.subject):
            raise PlcError(RESULTS_WAIT)
    read = stored_effect(database, viewer, test_id)
    nothing = {name: pd.DataFrame() for name in ("cells", "published", "effect")}
    if read is None or read.verdict not in (MEASURED, FEW_TEACHERS):
        return nothing
    with prepared(database, test.subject, test.school_year) as (cursor, district):
        borrowed, context = borrowed_variance(cursor, test.subject)
        moments = reduce_test(cursor, test, district, context=context)
        if moments is None:
            return nothing
        keep_visible_teachers(cursor, viewer)
        open_to = _opened(cursor, test, moments, viewer)
    found = estimate_test(test, moments, borrowed)
    if found.effect is None:
        return nothing
    figures = read.verdict == MEASURED and read.changed_since is None
    return {
        "cells": _cells(test, found, moments, open_to, figures=figures),
        "published": _published(read) if figures else pd.DataFrame(),
        "effect": _effect(read) if figures else pd.DataFrame(),
    }


@dataclass(frozen=True, slots=True)
class _Opened:
    """The classes, by section_key, and the assessments, by scale_key, that a viewer may read figures of."""

    sections: frozenset[int]
    scales: frozenset[int]


def _opened(cursor: Cursor, test: PlannedTest, moments: TestMoments, viewer: Viewer) -> _Opened:
    """After `reduce_test` and `keep_visible_teachers`."""
    rows = cursor.execute(
        load_sql("inquiry", "effect_open_section"), {"teacher_id": viewer.teacher_id}
    ).fetchall()
    hers = {
        each.section_key
        for each in test.classes
        if each.section_key is not None and each.teacher_id == viewer.teacher_id
    }
    scales = cursor.execute(
        load_sql("inquiry", "effect_open_scale"),
        {"least_teachers": MINIMUM_TEACHERS, "least_behind": LEAST_BEHIND},
    ).fetchall()
    # Of too few students nobody gets a value.
    few = set(moments.cells["section_key"][moments.cells["students"] < MINIMUM_STUDENTS].tolist())
    return _Opened(
        sections=frozenset({key for (key,) in rows} | hers) - few, scales=frozenset(key for (key,) in scales)
    )


def _cell_weights(test: PlannedTest, found: Estimated, *, own_before: bool) -> FloatArray:
    """What each cell's mean counts for in the estimate, (C,): the estimate were it 1 and all others 0."""
    weights = np.zeros(len(found.cells.mean))
    for place in range(len(weights)):
        unit = replace(found.cells, mean=(np.arange(len(weights)) == place).astype(np.float64))
        effect = estimate_cells(test, unit, found.sections, found.variance, own_before=own_before)
        weights[place] = effect.estimate if effect is not None else 0.0
    return weights


def _cells(
    test: PlannedTest, found: Estimated, moments: TestMoments, open_to: _Opened, *, figures: bool
) -> pd.DataFrame:
    weight = _cell_weights(test, found, own_before=moments.own_before)
    named = {occasion.scale_key: occasion for occasion in moments.occasions}
    by_key = {each.section_key: each for each in found.used if each.section_key is not None}
    kept = np.flatnonzero(np.isin(moments.cells["section_key"], list(by_key)))
    rows, others = [], 0.0
    for place, cell in enumerate(kept.tolist()):
        one = {name: values[cell] for name, values in moments.cells.items()}
        each = by_key[int(one["section_key"])]
        weighted = float(weight[place] * one["mean_residual"])
        if each.section_key not in open_to.sections:
            others += weighted
            continue
        occasion = named[int(one["scale_key"])]
        row = {
            "section_id": each.section_id,
            "side": "practice" if each.tried else "comparison",
            "assessment_name": occasion.assessment_name,
            "taken_on": occasion.taken_on.isoformat(),
            "after": occasion.after,
            "students": int(one["students"]),
        }
        told = occasion.scale_key in open_to.scales
        rows.append(row | _cell_figures(one, float(weight[place]), told=told))
    hidden = {each.teacher_id for each in found.used if each.section_key not in open_to.sections}
    whole = open_to.scales.issuperset(int(key) for key in moments.cells["scale_key"][kept])
    if not figures or not whole or (hidden and teachers_shown(len(hidden)) is None):
        unweighted = [row | {"weight": np.nan, "weighted": np.nan} for row in rows]
        return pd.DataFrame([*unweighted, {"section_id": OTHERS, "weighted": np.nan}])
    rows.append({"section_id": OTHERS, "weighted": round(others, DIGITS)})
    return pd.DataFrame(rows)


def _cell_figures(one: Mapping[str, Any], weight: float, *, told: bool) -> dict[str, float]:
    """A cell's means, in the digits that are said of them. What is relative to all who took an assessment
    tells of the few whose classes the viewer does not know."""
    students = float(one["students"])
    means = {
        "mean_result": float(one["sum_y"]) / students,
        "mean_start": float(one["sum_x"]) / students,
        "mean_residual": float(one["mean_residual"]),
        "weight": weight,
        "weighted": weight * float(one["mean_residual"]),
    }
    digits = {"weight": WEIGHT_DIGITS, "weighted": WEIGHT_DIGITS}
    return {name: round(value, digits.get(name, DIGITS)) if told else np.nan for name, value in means.items()}


def _published(read: MeasuredEffect) -> pd.DataFrame:
    values = read.ingredients | {"prior_mean": TYPICAL.mean, "prior_sd": TYPICAL.sd or 0.0}
    kept = {name: value for name, value in values.items() if name not in _NOT_PUBLISHED}
    return pd.DataFrame({"name": kept.keys(), "value": [float(value) for value in kept.values()]})


def _effect(read: MeasuredEffect) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "estimate": [read.effect],
            "standard_error": [read.standard_error],
            "df": [read.df],
            "points": [read.points],
        }
    )
