"""The use case: what this viewer may know of falling behind and catching up.

Everybody sees the district's figures and student groups, small ones hidden. A principal sees her
schools, a steward every school, each with at least three teachers. A teacher sees her own figure;
of others only the names of those who consented and whose students caught up more often than expected.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from plc.core.disclosure import MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.growth.district import subject_catch_up, yardsticks
from plc.growth.expectation import FEW_UNITS, district_expectation, school_years_of_growth, unit_excess
from plc.growth.records import CatchUp, CatchUpRow, NamedTeacher, OwnCatchUp
from plc.growth.reduction import reduce_results
from plc.growth.rows import catch_up_rows
from plc.growth.words import NEEDS_TWO_YEARS, NO_RESULTS, own_sentences
from plc.people.visibility import keep_visible_teachers

# What consent allows beside a name, and the weaker words where too few teachers make the rule less sure.
EXCEEDS_WORDS = "students who began behind exceed expectation"


def catch_up(database: Database, viewer: Viewer, *, subject: str | None = None) -> CatchUp:
    """Catch-up, keep-up and growth from two or more school years; `subject` None is every subject.

    Raises `NotAllowed` for a viewer without a seat.
    """
    viewer.require(Permission.CATCH_UP_READ)
    own_id = viewer.teacher_id if viewer.may(Permission.OWN_RESULT_READ) else None
    with database.read() as cursor:
        reduce_results(cursor, subject=subject, own_teacher_id=own_id)
        years = _frame(cursor, "years_seen")
        if years.empty or years["years"].max() < 2:
            return CatchUp(NO_RESULTS if years.empty else NEEDS_TWO_YEARS)
        subjects = subject_catch_up(cursor, years)
        if not subjects:
            return CatchUp(NEEDS_TWO_YEARS)
        expectation = district_expectation(_frame(cursor, "district_cells"))
        teachers = unit_excess(_frame(cursor, "teacher_cells"), expectation)
        return CatchUp(
            empty_words="",
            subjects=subjects,
            schools=_schools(cursor, viewer, expectation),
            groups=_groups(cursor, expectation, own_teacher_id=own_id),
            own=_own(teachers, own_id),
            named=_named(cursor, viewer, teachers),
            yardsticks=yardsticks(cursor),
        )


def _schools(cursor: Cursor, viewer: Viewer, expectation: pd.DataFrame) -> tuple[CatchUpRow, ...]:
    """Rows of the schools in the viewer's scope, by name; suppression looks at every school first."""
    if viewer.role not in (Role.PRINCIPAL, Role.STEWARD):
        return ()
    every = {
        "school_ids": [row[0] for row in cursor.execute(load_sql("growth", "all_school_ids")).fetchall()]
    }
    measures = _frame(cursor, "school_measures", every)
    levels = _frame(cursor, "school_levels", every).rename(columns={"students": "present"})
    levels["present_others"] = levels["present"]
    excess = unit_excess(_frame(cursor, "school_cells"), expectation).rename(columns={"unit": "school_id"})
    excess["expected"] = excess["expected"] / excess["students"]
    growth = school_years_of_growth(_frame(cursor, "school_growth")).rename(columns={"students": "grown"})
    on = ["subject", "school_id"]
    measures = (
        measures.merge(levels, on=on, how="left")
        .merge(excess[[*on, "expected", "excess", "lower", "upper", "exceeds"]], on=on, how="left")
        .merge(growth, on=on, how="left")
    )
    shown: list[CatchUpRow] = []
    for _, part in measures.groupby("subject", sort=False):
        rows = catch_up_rows(part, group="school", name="school_name")
        in_scope = [
            viewer.role is Role.STEWARD or school in viewer.school_ids for school in part["school_id"]
        ]
        shown += [row for row, inside in zip(rows, in_scope, strict=True) if inside]
    return tuple(shown)


def _groups(
    cursor: Cursor, expectation: pd.DataFrame, *, own_teacher_id: str | None
) -> tuple[CatchUpRow, ...]:
    """Rows of student groups over the district; what they exceed is not estimated, only expected."""
    measures = _frame(cursor, "group_measures")
    levels = _frame(cursor, "group_levels", {"teacher_id": own_teacher_id or ""})
    levels = levels.rename(columns={"students": "present", "others": "present_others"})
    cells = _frame(cursor, "group_cells").merge(expectation, on=["subject", "grade", "gap_bin"])
    on = ["subject", "group_name", "group_value"]
    weighted = (
        cells.assign(expected=cells["expected"] * cells["students"])
        .groupby(on)[["expected", "students"]]
        .sum()
    )
    expected = (weighted["expected"] / weighted["students"]).rename("expected").reset_index()
    measures = measures.merge(levels, on=on, how="left").merge(expected, on=on, how="left")
    measures[["excess", "grown", "years_of_growth"]] = np.nan
    rows: list[CatchUpRow] = []
    for (_, group), part in measures.groupby(["subject", "group_name"], sort=False):
        rows += catch_up_rows(part, group=str(group).replace("_", " "), name="group_value")
    return tuple(rows)


def _own(teachers: pd.DataFrame, own_id: str | None) -> tuple[OwnCatchUp, ...]:
    """The viewer's own row of each subject, and nobody else's."""
    return tuple(_own_row(row) for row in teachers[teachers["unit"] == own_id].to_dict("records"))


def _own_row(row: dict[Hashable, Any]) -> OwnCatchUp:
    figures = {
        name: float(row[name]) for name in ("students", "observed", "expected", "excess", "lower", "upper")
    }
    enough = figures["students"] >= MINIMUM_STUDENTS and int(row["units"]) >= MINIMUM_TEACHERS
    exceeds = bool(row["exceeds"]) and enough
    sentences = own_sentences(
        students=figures["students"],
        caught_up=figures["observed"],
        expected=figures["expected"],
        lower=figures["lower"],
        upper=figures["upper"],
        exceeds=exceeds,
    )
    return OwnCatchUp(
        subject=str(row["subject"]),
        enough=enough,
        students=figures["students"],
        sections=int(row["clusters"]),
        caught_up=figures["observed"],
        expected=figures["expected"] if enough else None,
        excess=figures["excess"] if enough else None,
        lower=figures["lower"] if enough else None,
        upper=figures["upper"] if enough else None,
        exceeds=exceeds,
        sentences=sentences if enough else ("Not enough students to tell.",),
    )


def _named(cursor: Cursor, viewer: Viewer, teachers: pd.DataFrame) -> tuple[NamedTeacher, ...]:
    """Consenting teachers the rule flags, by name: no figure, no order of results, never the viewer."""
    keep_visible_teachers(cursor, viewer)
    visible = _frame(cursor, "visible_names")
    flagged = teachers[teachers["exceeds"].astype(bool) & (teachers["unit"] != viewer.teacher_id)]
    shown = visible.merge(flagged[["subject", "unit", "units"]], left_on="teacher_id", right_on="unit")
    return tuple(
        NamedTeacher(
            subject=str(row["subject"]),
            name=str(row["name"]),
            words=EXCEEDS_WORDS if int(row["units"]) >= FEW_UNITS else f"{EXCEEDS_WORDS} (early signal)",
            teacher_id=str(row["teacher_id"]),
        )
        for row in shown.sort_values(["subject", "name", "teacher_id"]).to_dict("records")
    )


def _frame(cursor: Cursor, name: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
    return cursor.execute(load_sql("growth", name), dict(parameters or {})).df()
