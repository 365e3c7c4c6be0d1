"""What a team may take away of a test: cells it may see, published components, and how they make the effect.

The estimate is a weighted sum of cell means, so cells with their weights recompute it. Classes whose
figures the viewer may not see, and classes of too few students for a figure, her own among them, are one
row together: their weighted sum is what the estimate leaves after the others, which she could subtract
herself, and nothing beyond it. Where they are of one or two teachers that sum would tell a colleague's class,
so neither it nor the weights are given. No more are they where the viewer reads the test in words alone, or
where results changed that she is not told of.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from plc.core.disclosure import MINIMUM_STUDENTS, teachers_shown
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.sql import load_sql
from plc.inquiry.effect_figures import measure_points
from plc.inquiry.effect_record import FEW_TEACHERS, MEASURED
from plc.inquiry.estimating import Estimated, estimate_cells, estimate_test
from plc.inquiry.measured_effect import prepared, stored_effect, team_test
from plc.inquiry.measuring import TestMoments, reduce_test
from plc.inquiry.tested import PlannedTest, borrowed_variance
from plc.people.visibility import keep_visible_teachers
from plc.statistics.effect_options import TYPICAL
from plc.statistics.records import FloatArray

OTHERS = "other classes together"


def test_cells_download(database: Database, viewer: Viewer, test_id: str) -> dict[str, pd.DataFrame]:
    """The tables by file name: `cells`, `published` and `effect`. Raises `NotAllowed`, `NotFound`.

    cells      class, side, assessment, date, after, students, sums and mean_residual (SD), weight, weighted;
               the last two empty where one or two teachers stand behind the classes not shown, or where
               the viewer reads no figures
    published  name, value: every number the standard error and the posterior are made of
    effect     estimate, standard_error, df in SD, and points of one SD; empty where nothing was measured

    The last two are empty where the viewer reads no figures of the test, or none of its present results.
    """
    viewer.require(Permission.DATA_DOWNLOAD)
    test = team_test(database, viewer, test_id)
    read = stored_effect(database, viewer, test_id)
    nothing = {name: pd.DataFrame() for name in ("cells", "published", "effect")}
    if read is None or read.verdict not in (MEASURED, FEW_TEACHERS):
        return nothing
    with prepared(database, test.subject, test.school_year) as (cursor, district):
        borrowed, context = borrowed_variance(cursor, test.subject)
        moments = reduce_test(cursor, test, district, context=context)
        keep_visible_teachers(cursor, viewer)
        rows = cursor.execute(load_sql("inquiry", "effect_shown_teacher")).fetchall()
    shown = {teacher_id for (teacher_id,) in rows} | {viewer.teacher_id}
    found = estimate_test(test, moments, borrowed) if moments is not None else None
    if moments is None or found is None or found.effect is None:
        return nothing
    figures = read.verdict == MEASURED and read.changed_since is None
    return {
        "cells": _cells(test, found, moments, shown, figures=figures),
        "published": _published(found, context) if figures else pd.DataFrame(),
        "effect": _effect(found, moments) if figures else pd.DataFrame(),
    }


def cell_weights(test: PlannedTest, found: Estimated, *, own_before: bool) -> FloatArray:
    """What each cell's mean counts for in the estimate, (C,): the estimate were it 1 and all others 0."""
    weights = np.zeros(len(found.cells.mean))
    for place in range(len(weights)):
        unit = replace(found.cells, mean=(np.arange(len(weights)) == place).astype(np.float64))
        effect = estimate_cells(test, unit, found.sections, found.variance, own_before=own_before)
        weights[place] = effect.estimate if effect is not None else 0.0
    return weights


def _cells(
    test: PlannedTest, found: Estimated, moments: TestMoments, shown: set[str | None], *, figures: bool
) -> pd.DataFrame:
    weight = cell_weights(test, found, own_before=moments.own_before)
    named = {occasion.scale_key: occasion for occasion in moments.occasions}
    used = [each.section_key for each in found.used if each.section_key is not None]
    kept = np.flatnonzero(np.isin(moments.cells["section_key"], used))
    told = {each.section_key for each in found.used if each.teacher_id in shown} - _small(moments)
    rows, others = [], 0.0
    for place, cell in enumerate(kept.tolist()):
        one = {name: values[cell] for name, values in moments.cells.items()}
        each = found.used[used.index(int(one["section_key"]))]
        weighted = float(weight[place] * one["mean_residual"])
        if each.section_key not in told:
            others += weighted
            continue
        occasion = named[int(one["scale_key"])]
        rows.append(
            {
                "section_id": each.section_id,
                "side": "practice" if each.tried else "comparison",
                "assessment_name": occasion.assessment_name,
                "taken_on": occasion.taken_on.isoformat(),
                "after": occasion.after,
                "students": int(one["students"]),
                **{name: float(one[name]) for name in ("sum_y", "sum_yy", "sum_x", "sum_xx", "sum_xy")},
                "mean_residual": float(one["mean_residual"]),
                "weight": float(weight[place]),
                "weighted": weighted,
            }
        )
    hidden = len({each.teacher_id for each in found.used if each.section_key not in told})
    if hidden and (not figures or teachers_shown(hidden) is None):
        unweighted = [row | {"weight": np.nan, "weighted": np.nan} for row in rows]
        return pd.DataFrame([*unweighted, {"section_id": OTHERS, "weighted": np.nan}])
    rows.append({"section_id": OTHERS, "weighted": others})
    return pd.DataFrame(rows)


def _small(moments: TestMoments) -> set[int]:
    """Classes with fewer students on some occasion than a figure needs: nobody gets a value of them."""
    few = moments.cells["students"] < MINIMUM_STUDENTS
    return set(moments.cells["section_key"][few].tolist())


def _published(found: Estimated, context: float) -> pd.DataFrame:
    effect, variance = found.effect, found.variance
    if effect is None:
        return pd.DataFrame()
    values = {
        "school": variance.school,
        "teacher": variance.teacher,
        "teacher_year": variance.teacher_year,
        "section": variance.section,
        "occasion": variance.occasion,
        "student": variance.student,
        "error": variance.error,
        "contextual_coefficient": context,
        "carry": effect.carry,
        "base_variance": effect.base_variance,
        "own_ratio": effect.ratio if np.isfinite(effect.ratio) else 1.0,
        "own_freedom": effect.own_freedom,
        "borrowed_freedom": effect.borrowed_freedom,
        "prior_mean": TYPICAL.mean,
        "prior_sd": TYPICAL.sd or 0.0,
    }
    return pd.DataFrame({"name": values.keys(), "value": [float(value) for value in values.values()]})


def _effect(found: Estimated, moments: TestMoments) -> pd.DataFrame:
    effect = found.effect
    if effect is None:
        return pd.DataFrame()
    return pd.DataFrame(
        {
            "estimate": [effect.estimate],
            "standard_error": [effect.standard_error],
            "df": [effect.df],
            "points": [measure_points(moments)],
        }
    )
