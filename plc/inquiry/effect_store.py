"""Keeps what is told of a test: columns for what is searched and pooled, JSON for the rest."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

import pandas as pd

from plc.core import clock
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.balancing_effects import LOW_STARTERS, BalancingResult
from plc.inquiry.effect_record import CheckRow, MeasuredEffect, OccasionRow, PriorRow
from plc.inquiry.estimating import Arms
from plc.inquiry.tested import Fidelity

# Fields that are records of their own, by how to read them back.
_RECORDS: dict[str, type] = {
    "practice": Arms,
    "comparison": Arms,
    "fidelity": Fidelity,
    "internal": CheckRow,
    "robust": CheckRow,
}
_LISTS: dict[str, type] = {"sensitivity": PriorRow, "balancing": BalancingResult, "occasions": OccasionRow}


def record_effects(cursor: Cursor, effects: Sequence[MeasuredEffect]) -> None:
    """Store what is told of tests in place of what was told before."""
    if not effects:
        return
    cursor.register("supplied", pd.DataFrame([_row(effect) for effect in effects]))
    cursor.execute(load_sql("inquiry", "forget_test_effect")).fetchall()
    cursor.execute(load_sql("inquiry", "record_test_effect")).fetchall()
    cursor.unregister("supplied")


def due_tests(database: Database) -> dict[tuple[str, int], list[str]]:
    """Tests to measure, by subject and school year."""
    groups: dict[tuple[str, int], list[str]] = {}
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("inquiry", "effect_due_test"), {"data_version": database.data_version()}
        ).fetchall()
    for test_id, subject, school_year in rows:
        groups.setdefault((subject, school_year), []).append(test_id)
    return groups


def stored_figures(database: Database, test_id: str) -> MeasuredEffect | None:
    """The stored measurement of a test. Internal to this room: checks nobody's right to ask."""
    with database.read() as cursor:
        return read_figures(cursor, test_id)


def read_figures(cursor: Cursor, test_id: str) -> MeasuredEffect | None:
    """`stored_figures` inside a unit of work."""
    rows = cursor.execute(load_sql("inquiry", "stored_test_effect"), {"test_id": test_id}).fetchall()
    return effect_from_json(rows[0][0]) if rows else None


def effect_from_json(text: str) -> MeasuredEffect:
    """A measured effect from its stored details; fields that this program no longer has are dropped."""
    stored: dict[str, Any] = json.loads(text)
    known = {field.name for field in fields(MeasuredEffect)}
    values: dict[str, Any] = {name: value for name, value in stored.items() if name in known}
    for name, record in _RECORDS.items():
        values[name] = record(**values[name]) if values.get(name) is not None else None
    for name, record in _LISTS.items():
        values[name] = tuple(record(**row) for row in values.get(name, ()))
    return MeasuredEffect(**values | {"limits": tuple(values["limits"])})


def _row(effect: MeasuredEffect) -> dict[str, Any]:
    practice, comparison = effect.practice, effect.comparison
    low = next((one for one in effect.balancing if one.kind == LOW_STARTERS), None)
    return {
        "test_id": effect.test_id,
        "practice_id": effect.practice_id,
        "measured_at": clock.now(),
        "data_version": effect.data_version,
        "verdict": effect.verdict,
        "design": effect.design,
        "effect": effect.effect,
        "standard_error": effect.standard_error,
        "degrees_of_freedom": effect.df,
        "hedges_g": effect.hedges_g,
        "hedges_g_error": effect.hedges_g_error,
        "lower_bound": effect.lower,
        "upper_bound": effect.upper,
        "posterior_mean": effect.posterior_mean,
        "posterior_lower": effect.posterior_lower,
        "posterior_upper": effect.posterior_upper,
        "probability_helped": effect.helped,
        "probability_meaningful": effect.worth_repeating,
        "probability_harmed": effect.harm,
        "students": (practice.compared if practice else 0) + (comparison.compared if comparison else 0),
        "practice_students": practice.compared if practice else 0,
        "practice_sections": practice.classes if practice else 0,
        "comparison_sections": comparison.classes if comparison else 0,
        "practice_teachers": practice.teachers if practice else 0,
        "schools": effect.schools,
        "baseline_difference": effect.baseline_difference,
        "baseline_verdict": effect.baseline_verdict,
        "attrition_verdict": effect.attrition_verdict,
        "low_starters_effect": low.effect if low else None,
        "low_starters_error": low.standard_error if low else None,
        "low_starters_freedom": low.df if low else None,
        "low_starters_students": low.students if low else 0,
        "starting_level": effect.starting_level,
        "balancing_harm": effect.balancing_harm,
        "advice": effect.advice,
        "predicted_late": effect.predicted_late,
        "sentence": effect.sentence,
        "details": json.dumps(asdict(effect), sort_keys=True),
    }
