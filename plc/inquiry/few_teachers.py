"""Whether a viewer may read a test's figures: of two classes, each is the result and the other one's.

A test's figures are for its team where at least three teachers stand behind them and more than one of these
is unknown to the viewer, or where each of them is herself or has opened her figures to her. Anybody else
reads what was predicted, that results are there and where they point, without a figure.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from plc.core.disclosure import MINIMUM_TEACHERS
from plc.core.viewer import Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.effect_record import FEW_TEACHERS, MEASURED, NOT_EVIDENCE, MeasuredEffect
from plc.inquiry.effect_words import few_teachers_sentence
from plc.people.visibility import keep_visible_teachers

FIGURES = (
    "effect", "standard_error", "df", "lower", "upper", "p", "points", "effect_points", "posterior_mean",
    "posterior_lower", "posterior_upper", "helped", "worth_repeating", "worthwhile", "harm", "hedges_g",
    "hedges_g_error", "improvement_index", "internal", "robust", "permutation", "baseline_difference",
    "attrition_bias", "pre_trend", "change", "change_spurious", "starting_level",
)  # fmt: skip


def tests_of_few(cursor: Cursor, viewer: Viewer, test_ids: Collection[str]) -> dict[str, bool]:
    """Of these tests, those whose figures this viewer may not read, and whether she knows a class of it."""
    keep_visible_teachers(cursor, viewer)
    rows = cursor.execute(
        load_sql("inquiry", "tests_of_few"),
        {"test_ids": list(test_ids), "least_teachers": MINIMUM_TEACHERS},
    ).fetchall()
    return {test_id: bool(knows) for test_id, knows in rows}


def told(effect: MeasuredEffect, *, database: Database, viewer: Viewer) -> MeasuredEffect:
    """The effect as this viewer may read it."""
    if effect.verdict not in (MEASURED, NOT_EVIDENCE):
        return effect
    with database.read() as cursor:
        few = tests_of_few(cursor, viewer, [effect.test_id])
    return words_alone(effect) if few else effect


def words_alone(effect: MeasuredEffect) -> MeasuredEffect:
    """An effect without its figures: what was predicted, that results are there, and what may need a look."""
    bare = replace(effect, **dict.fromkeys(FIGURES))  # type: ignore[arg-type]
    return replace(
        bare,
        verdict=FEW_TEACHERS,
        sentence=few_teachers_sentence(effect.predicted_sd, effect.predicted_points),
        limits=(),
        sensitivity=(),
        occasions=(),
        ingredients={},
        balancing=tuple(
            replace(one, effect=None, standard_error=None, df=None, lower=None, upper=None, harm=None)
            for one in effect.balancing
        ),
    )
