"""What a staged upload would change in results that are already here: by assessment, and row by row.

The rows hold scores, so they stay in the upload's folder and go with it.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from plc.core.errors import NotFound
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.results.formats.translation import Translation
from plc.results.steps import count
from plc.results.tables import RESULTS_FILE
from plc.results.uploads import load_plan, own_folder, sees_every_file

# Rows handed to a screen; the counts cover all.
ROWS_LISTED = 500
_FILE = "changed_results.parquet"


@dataclass(frozen=True, slots=True)
class Differences:
    """`by_assessment`: assessment, subject, rows. `rows`: row_number, assessment, standard, before, now (in
    words) and why (score, date or class).

    A signed-in teacher reads the rows of her own classes: she changes no others (see `claims`)."""

    by_assessment: pd.DataFrame
    rows: pd.DataFrame


def write_differences(cursor: Cursor, changes: Path, translation: Translation | None) -> None:
    """Keep what each changed result was and becomes, where any changes."""
    if not count(cursor, "select count(*) from merged_result where changed"):
        return
    table = RESULTS_FILE.name if translation is None or translation.source else "results"
    if not count(cursor, "select count(*) from staged_place where table_name = $table", {"table": table}):
        table = "results"
    row = "m.line // p.scores_per_row + p.first_row"
    join = ""
    if translation is not None:
        join, row = f"left join translated_{table} t on t.line = m.line", "t.row"
    cursor.execute(
        f"copy (select {row} as row_number, a.name as assessment, a.subject, s.standard_id as standard, "
        "h.score as score_before, h.status as status_before, h.taken_on as taken_on_before, "
        "h.section_key as section_before, "
        "h.section_key is distinct from m.section_key as class_changes, "
        "m.score as score_now, m.status as status_now, m.taken_on as taken_on_now "
        "from merged_result m join result_version h on h.superseded_by is null "
        "and h.student_key = m.student_key and h.assessment_key = m.assessment_key "
        "and h.standard_key = m.standard_key and h.attempt = m.attempt "
        "join keyed_assessment a on a.assessment_key = m.assessment_key "
        "left join keyed_standard s on s.standard_key = m.standard_key "
        f"join staged_place p on p.table_name = $table {join} where m.changed "
        "and (h.section_key is distinct from m.section_key or h.score is distinct from m.score "
        "or h.status is distinct from m.status or h.taken_on is distinct from m.taken_on) "
        "order by row_number) "
        "to $path (format parquet)",
        {"table": table, "path": str(changes / _FILE)},
    ).fetchall()


def upload_differences(database: Database, viewer: Viewer, upload_id: str) -> Differences | None:
    """What confirming would change; None when nothing already here changes that she may read. Raises
    `NotFound`."""
    viewer.require(Permission.RESULTS_UPLOAD)
    folder = own_folder(database, upload_id, viewer=viewer)
    if not folder.exists():
        raise NotFound("This upload is no longer open. What it changed is in the list of uploads.")
    path = folder / load_plan(folder).changes / _FILE
    if not path.exists():
        return None
    seen = {
        "path": str(path),
        "all_classes": sees_every_file(viewer),
        "teacher_id": viewer.teacher_id,
    }
    with database.read() as cursor:
        by_assessment = cursor.execute(load_sql("results", "differences_by_assessment"), seen).df()
        rows = cursor.execute(load_sql("results", "difference_rows"), seen | {"listed": ROWS_LISTED}).df()
    return None if by_assessment.empty else Differences(by_assessment, rows)
