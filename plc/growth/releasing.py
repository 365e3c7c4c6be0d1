"""Working out the figures of catching up, and releasing those that may be shown.

The one computation over everybody; what it shows is decided by `plc.people.releases`. A teacher's own figure
is kept for her beside it.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.growth.expectation import district_expectation, school_years_of_growth, unit_excess
from plc.growth.figure_names import BY_CELL, CATCH_UP, CELLS_ONLY, GROUP, SCHOOL, table_name
from plc.growth.own_cuts import OWN_CUTS, cuts_to_keep, shown_cuts
from plc.growth.records import Yardstick
from plc.growth.reduction import reduce_results
from plc.growth.usual import USUAL, excess_beside, told_usual, usual_of, usual_to_keep
from plc.people.release_records import CellKey, Outcome, Proposal, Table
from plc.people.releases import is_due, keep_beside, read_release, release


def release_catch_up(database: Database, viewer: Viewer, *, if_due: bool = False) -> Outcome | None:
    """Work the figures out anew and release what may be shown; None where nothing was due or there is too
    little to follow anyone. Raises `NotAllowed`."""
    viewer.require(Permission.SCAN_RUN)
    with database.write() as cursor:
        latest = read_release(cursor, CATCH_UP.name)
        shown = shown_cuts(cursor, latest)
        reduce_results(cursor, subject=None, shown=shown)
        years = _frame(cursor, "years_seen")
        if years.empty or years["years"].max() < 2:
            return None
        for step in ("08_unit", "09_place", "10_teacher", "11_whole"):
            cursor.execute(load_sql("growth", step)).fetchall()
        expectation = district_expectation(_frame(cursor, "district_cells"))
        teachers = _frame(cursor, "teacher_cells")
        usual = usual_of(cursor, teachers, expectation, told=told_usual(latest))
        _keep_own(cursor, excess_beside(usual, teachers))
        kept = {USUAL: usual_to_keep(usual), OWN_CUTS: cuts_to_keep(cursor, shown)}
        keep_beside(cursor, latest, kept)
        if if_due and not is_due(cursor, CATCH_UP):
            return None
        proposal = _proposal(cursor, years, expectation, beside=kept)
        return release(cursor, viewer, CATCH_UP, proposal) if followed(proposal) else None


def followed(proposal: Proposal) -> bool:
    """Whether any student was seen in two years."""
    return any(figure is not None for figure in proposal.wholes.values())


def _keep_own(cursor: Cursor, teachers: pd.DataFrame) -> None:
    """Keep each teacher's own figure; where it newly flags her, that is hers to see first."""
    before = _flagged(cursor)
    cursor.execute(load_sql("growth", "forget_own_catch_up")).fetchall()
    if not teachers.empty:
        _record_own(cursor, teachers)
    newly = _flagged(cursor) - before
    for teacher_id, subject in sorted(newly):
        cursor.execute(
            load_sql("growth", "record_own_result_unseen"), {"teacher_id": teacher_id, "subject": subject}
        ).fetchall()
    cursor.execute(load_sql("growth", "forget_own_result_unseen")).fetchall()
    if newly:
        raise_data_version(cursor)


def _record_own(cursor: Cursor, teachers: pd.DataFrame) -> None:
    version = int(cursor.execute("select version from data_version").fetchall()[0][0])
    cursor.register("supplied", teachers)
    cursor.execute(load_sql("growth", "record_own_catch_up"), {"data_version": version}).fetchall()
    cursor.unregister("supplied")


def _flagged(cursor: Cursor) -> set[tuple[str, str]]:
    return set(cursor.execute(load_sql("growth", "flagged")).fetchall())


def _proposal(
    cursor: Cursor, years: pd.DataFrame, expectation: pd.DataFrame, *, beside: Mapping[str, Any]
) -> Proposal:
    counts = _frame(cursor, "figure_counts")
    further = _further(cursor, expectation)
    names = dict(_frame(cursor, "school_names").itertuples(index=False, name=None))
    tables: dict[str, Table] = {}
    cells: dict[CellKey, Mapping[str, Any]] = {}
    wholes: dict[str, Mapping[str, Any] | None] = {}
    labels: dict[CellKey, str] = {}
    for row in counts.to_dict("records"):
        subject, dimension, cell = str(row["subject"]), str(row["dimension"]), str(row["cell"])
        measure = str(row["whole"]).removeprefix(f"{subject}|")
        figure = {"starts": int(row["starts"]), "hits": int(row["hits"])}
        if not dimension:
            wholes[str(row["whole"])] = None if measure in CELLS_ONLY else figure
        elif measure in BY_CELL:
            name = table_name(subject, measure, dimension)
            tables[name] = Table(name, str(row["whole"]), dimension, for_all=dimension != SCHOOL)
            more = further.get((subject, measure, dimension, cell), {})
            if measure != "growth 1":
                cells[name, cell] = figure | more
            elif more:
                cells[name, cell] = more
            labels[name, cell] = names.get(cell, cell) if dimension == SCHOOL else cell
    context = {
        "years": years.drop(columns="years").to_dict("records"),
        "yardsticks": [asdict(yardstick) for yardstick in _yardsticks(cursor)],
        **beside,
    }
    return Proposal(list(tables.values()), cells, wholes, labels, context)


def _further(cursor: Cursor, expectation: pd.DataFrame) -> dict[tuple[str, str, str, str], dict[str, Any]]:
    """What goes with a count: expected shares beside catching up, the median beside being on track."""
    found: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    medians = _frame(cursor, "figure_medians")
    for row in medians.to_dict("records"):
        key = (str(row["subject"]), "on track 1", str(row["dimension"]), str(row["cell"]))
        found[key] = {"median": round(row["median_percentile"])}
    schools = unit_excess(_frame(cursor, "school_cells"), expectation)
    for row in schools.to_dict("records"):
        ends = {name: _rounded(row[name], 2) for name in ("excess", "lower", "upper")}
        found[str(row["subject"]), "caught up 1", SCHOOL, str(row["unit"])] = {
            "expected": float(row["expected"] / row["students"]),
            "exceeds": bool(row["exceeds"]),
            **ends,
        }
    for row in _group_expectations(cursor, expectation).to_dict("records"):
        key = (str(row["subject"]), "caught up 1", f"{GROUP}{row['group_name']}", str(row["group_value"]))
        found[key] = {"expected": float(row["expected"])}
    for row in school_years_of_growth(_frame(cursor, "school_growth")).to_dict("records"):
        found[str(row["subject"]), "growth 1", SCHOOL, str(row["school_id"])] = _growth(row)
    return found


def _group_expectations(cursor: Cursor, expectation: pd.DataFrame) -> pd.DataFrame:
    cells = _frame(cursor, "group_cells").merge(expectation, on=["subject", "grade", "gap_bin"])
    weighted = cells.assign(expected=cells["expected"] * cells["students"])
    sums = weighted.groupby(["subject", "group_name", "group_value"])[["expected", "students"]].sum()
    return (sums["expected"] / sums["students"]).rename("expected").reset_index()


def _growth(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    return {
        "years": _rounded(row["years_of_growth"], 1),
        "lower": _rounded(row["years_lower"], 1),
        "upper": _rounded(row["years_upper"], 1),
        "trajectory_changing": bool(row["trajectory_changing"]),
    }


def _rounded(number: float, digits: int) -> float:
    # Adding zero takes the sign off a rounded -0.
    return round(float(number), digits) + 0.0


def _yardsticks(cursor: Cursor) -> list[Yardstick]:
    return [
        Yardstick(subject, grade, name, float(cut), bool(stated), source, year)
        for subject, grade, name, year, _, cut, stated, source in cursor.execute(
            load_sql("growth", "yardsticks")
        ).fetchall()
    ]


def _frame(cursor: Cursor, name: str) -> pd.DataFrame:
    return cursor.execute(load_sql("growth", name)).df()
