"""What a scan leaves behind: each teacher's own row, the flagged ones among them, components and counts.

The rows hold no figure for a teacher with too few students. Who may read which row is decided where
they are read, in `findings`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

import plc
from plc.bright_spots.areas import release_areas
from plc.bright_spots.carried import carry_figures
from plc.bright_spots.labels import TOO_FEW_TEACHERS, UNCOMPARED, UNTOLD
from plc.bright_spots.options import MOST_EFFECT, ScanOptions
from plc.bright_spots.scan import RESULTS_CHANGE, Scan, data_version_of, scan
from plc.bright_spots.scan_tables import OF_TEACHER, forget_older, record_rows
from plc.bright_spots.student_groups import THIRDS
from plc.bright_spots.wording import grade_band, headline_words
from plc.core import clock
from plc.core.errors import Conflict
from plc.core.progress import Progress, silent
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.people.audit import record_access

# Scans kept: the latest, and two to look back at when results were undone.
SCANS_KEPT: Final = 3
# Times a scan is made when results change before it is stored.
_ATTEMPTS: Final = 3
# What must not be known of a class too small to speak of.
_FIGURES: Final = (
    "effect", "sd", "lower", "upper", "probability", "consistency", "reliability", "own_effect",
    "mean_result", "mean_expected", "deviation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredScan:
    """A scan, the key it was stored under, and one line that names nobody."""

    scan_key: int
    scan: Scan
    headline: str


def scan_and_store(
    database: Database,
    viewer: Viewer,
    options: ScanOptions | None = None,
    *,
    progress: Progress = silent,
) -> StoredScan:
    """Scan all results and keep what pages read; in one transaction, the oldest scan makes room.

    A teacher's figures stay those of the scan before where too few others' results changed beside hers.
    Counts that cross teams are released with it when they are due. Raises `Conflict` when results kept
    changing meanwhile.
    """
    viewer.require(Permission.SCAN_RUN)
    for _ in range(_ATTEMPTS):
        found = scan(
            database, options, diagnosed=True, progress=lambda share, words: progress(0.95 * share, words)
        )
        key = _store(database, viewer, found)
        if key is not None:
            progress(1.0, "Done")
            return StoredScan(key, found, headline_of(found))
    raise Conflict(RESULTS_CHANGE)


def _store(database: Database, viewer: Viewer, found: Scan) -> int | None:
    """The key it is stored under; None where results changed since it was made."""
    with database.write() as cursor:
        if data_version_of(cursor) != found.data_version:
            return None
        key = int(cursor.execute("select coalesce(max(scan_key), 0) + 1 from scan").fetchall()[0][0])
        _record(cursor, key, found)
        carry_figures(cursor, key)
        forget_older(cursor, oldest=key - SCANS_KEPT + 1)
        release_areas(cursor, viewer, if_due=True)
        record_access(cursor, viewer, action="run", thing="scan of all classes")
    return key


def headline_of(found: Scan) -> str:
    """One line on a scan, which tells nobody whom it flagged."""
    return headline_words(
        results=found.results,
        sections=found.sections,
        options=found.options,
        withheld=found.withheld,
    )


def _record(cursor: Cursor, key: int, found: Scan) -> None:
    cursor.execute(
        load_sql("bright_spots", "record_scan"),
        {
            "scan_key": key,
            "finished_at": clock.now(),
            "data_version": found.data_version,
            "code_version": plc.__version__,
            "options": found.options.to_json(),
            "expected": found.expected_false_discovery_rate,
            "results": found.results,
            "students": found.students,
            "sections": found.sections,
            "teachers": int(found.teachers["teacher_id"].nunique()),
            "withheld": "\n".join(found.withheld),
        },
    ).fetchall()
    for table, rows in _tables(found).items():
        record_rows(cursor, table, rows, scan_key=key)


def _tables(found: Scan) -> dict[str, pd.DataFrame]:
    """What is kept, by table; beside her findings a teacher's own rows only where she is told a figure."""
    rows = _finding_rows(found)
    beside = {
        "scan_occasion": found.occasions,
        "scan_component": found.components,
        "scan_count": found.counts,
        "scan_opportunity": opportunity_rows(found),
        "scan_balancing": found.balancing,
    }
    if found.diagnostics is not None:
        rows = found.diagnostics.noted(rows)
        beside |= found.diagnostics.tables
    told = rows.loc[(rows["standard_id"] == "") & ~rows["label"].isin(UNTOLD), ["teacher_id", "subject"]]
    return {"scan_finding": rows} | {
        table: kept.merge(told, on=["teacher_id", "subject"]) if table in OF_TEACHER else kept
        for table, kept in beside.items()
    }


def _finding_rows(found: Scan) -> pd.DataFrame:
    """Rows of `scan_finding`: subjects (standard_id '') and standards, without small classes' figures."""
    whole = found.teachers.assign(standard_id="", deviation=np.nan)
    of_teacher = [
        "comparison_sections",
        "comparison_teachers",
        "grades",
        "school_years",
        "independent_sections",
    ]
    standards = found.standards.rename(columns={"standard": "standard_id"}).merge(
        found.teachers[["teacher_id", "subject", *of_teacher]], on=["teacher_id", "subject"]
    )
    unknown = ["reliability", "own_effect", "mean_result", "mean_expected"]
    standards = standards.assign(notes="", **dict.fromkeys(unknown, np.nan))
    parts = [part for part in (whole, standards) if len(part)]
    rows = pd.concat(parts, ignore_index=True) if parts else whole
    rows = rows.assign(
        grade_band=[grade_band(grades[0]) if grades else "" for grades in rows["grades"]],
        grades=[",".join(map(str, grades)) for grades in rows["grades"]],
        school_years=[",".join(map(str, years)) for years in rows["school_years"]],
    )
    figures = list(_FIGURES)
    alone = rows.loc[rows["label"].isin(UNCOMPARED), ["teacher_id", "subject", "label"]]
    untold = rows[["teacher_id", "subject"]].merge(alone, how="left")["label"]
    # Her standards were compared by the same few tests, and rest on the same effect.
    rows["label"] = rows["label"].where(untold.isna(), untold)
    rows[figures] = rows[figures].astype(float).mask(rows["label"].isin(UNTOLD))
    return rows


def opportunity_rows(found: Scan) -> pd.DataFrame:
    """Rows of `scan_opportunity`: starting thirds, empty of figures where small, and groups large enough."""
    rows = found.opportunity.rename(columns={"group": "student_group"})
    small = (rows["students"] < found.options.min_students) | (rows["label"] == TOO_FEW_TEACHERS)
    small |= rows["effect"].abs() > MOST_EFFECT
    figures = ["effect", "sd", "lower", "upper", "probability"]
    rows[figures] = rows[figures].astype(float).mask(small)
    return rows[~small | rows["student_group"].isin(THIRDS.values())]
